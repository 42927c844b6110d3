import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askRequestSchema } from '#lib/api/verdict/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { askVerdict } from '#server/usecases/verdict/ask-verdict.ts';
import { openRealStory, type RealStory } from '#server/usecases/verdict/testing/real-story.ts';
import { askQuestion } from '#server/usecases/verdict-jobs/ask-question.ts';
import { getVerdict } from '#server/usecases/verdict-jobs/get-verdict.ts';
import { getVerdictJob } from '#server/usecases/verdict-jobs/get-verdict-job.ts';
import { createVerdictJobs } from '#server/usecases/verdict-jobs/verdict-jobs.ts';

const TYPE = 'Deprecated';
const patch = { kind: 'core', id: 'jobs' } as const;
let story: RealStory;

beforeAll(async () => {
  story = await openRealStory(process.env.PATCHBOARD_TEST_ADDRESS);
});

afterAll(async () => {
  await story?.stop();
});

async function answer(ctx: Ctx) {
  const request = askRequestSchema.parse({ patch, question: 'remove' });
  let job = await askQuestion(ctx, { namespace: story.namespace, request });
  while (job.state === 'gathering') {
    await pause(200);
    job = await getVerdictJob(ctx, { namespace: story.namespace, id: job.id });
  }
  return job;
}

async function startOtherWorker(address: string, taskQueue: string): Promise<() => Promise<void>> {
  const logger = new DefaultLogger('ERROR');
  const workflowsPath = join(import.meta.dirname, '../verdict/testing/story-workflow.ts');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
  const connection = await NativeConnection.connect({ address });
  const { namespace } = story;
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle, buildId: 'other' });
  const working = worker.run();
  return async () => {
    worker.shutdown();
    await working;
    await connection.close();
  };
}

it('a safe answer is stored, shown, and withdrawn when a worker of another build polls', async () => {
  const address = process.env.PATCHBOARD_TEST_ADDRESS ?? '';
  const { namespace } = story;
  const verdicts = createVerdictJobs({ ask: askVerdict, now: Date.now });
  const ctx: Ctx = { ...story.ctx, verdicts };
  const claims: readonly FactClaim[] = [
    { kind: 'ids-name-one-code', taskQueue: null },
    { kind: 'callback', use: 'none' },
    { kind: 'types', patch, workflowTypes: [TYPE] },
  ];
  for (const [index, claim] of claims.entries()) {
    const fact = { id: `fact-${index}`, declaredBy: 'ana', declaredAtMs: Date.now() - 60_000, note: '', claim };
    await ctx.store.declareFact(namespace, fact);
  }
  await story.start(TYPE, { call: 'deprecatePatch', patchId: patch.id });
  await story.untilListed(TYPE, 1);

  const job = await answer(ctx);
  expect(job).toMatchObject({ state: 'done', error: null, verdict: { answer: 'safe', source: 'asked', reasons: [] } });
  const question = { namespace, ...patch, question: 'remove', min: null, workflowType: null, policy: 'open' } as const;
  expect(await getVerdict(ctx, question)).toEqual({
    verdict: job.verdict,
    askedBy: 'test',
    isExpired: false,
    withdrawn: null,
  });
  await ctx.census.nextPass(namespace);
  expect(await getPatch(ctx, { namespace, ...patch })).toMatchObject({ stage: 'ready-to-remove' });

  const stop = await startOtherWorker(address, 'story');
  try {
    await expect
      .poll(() => getVerdict(ctx, question), { timeout: 60_000, interval: 500 })
      .toMatchObject({ isExpired: false, withdrawn: { code: 'worker-appeared', seen: 'other' } });
    expect((await getPatch(ctx, { namespace, ...patch })).stage).toBe('deprecating');
  } finally {
    await stop();
    await verdicts.stopAll();
  }
});
