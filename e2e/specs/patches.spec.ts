import { z } from 'zod';
import { expect, test } from '#e2e/fixtures.ts';
import { runCommand } from '#e2e/harness/command.ts';
import type { Guide, GuideStage } from '#e2e/harness/guide.ts';
import { api, pages } from '#lib/routes.ts';

const PATCH = { kind: 'core', id: 'my-patch' } as const;

/** A pass of the census every ten seconds, and the visibility lag before it. */
const PICTURE_LIMIT_MS = 60_000;

/** Only what this test compares, read without the product's own schemas. */
const counts = z.object({ live: z.number(), deprecated: z.number(), withoutMarker: z.number(), notRead: z.number() });
const patchAnswer = z.object({ byType: z.array(z.object({ workflowType: z.string(), counts })) });

async function liveTheStages(guide: Guide, taskQueue: string): Promise<void> {
  const stage = async (number: GuideStage, prefix: string, count: number) => {
    await using _worker = await guide.startWorker({ taskQueue, stage: number, buildId: `stage-${number}` });
    await guide.client.startRuns(taskQueue, prefix, count);
  };
  await stage(1, 'initial', 2);
  await stage(2, 'patched', 2);
  await stage(3, 'deprecated', 1);
  await stage(4, 'complete', 1);
}

test('patch counts equal those of the Python client, after every step', async ({
  page,
  app,
  guide,
  temporal,
}, info) => {
  test.slow();
  const namespace = 'patches';
  const story = await guide.inNamespace(namespace);
  const taskQueue = 'my-workflow';

  const expectSameCounts = async (step: string): Promise<void> => {
    const [mine] = (await story.client.count()).byPatch;
    const { workflowType: _type, patchId: _id, ...expected } = mine ?? { workflowType: '', patchId: '' };
    await expect
      .poll(
        async () => {
          const response = await page.request.get(`${app.url}${api.patch(namespace, PATCH)}`);
          return patchAnswer.parse(await response.json()).byType.find((row) => row.workflowType === 'MyWorkflow')
            ?.counts;
        },
        { message: `counts ${step}`, timeout: PICTURE_LIMIT_MS },
      )
      .toMatchObject({ ...expected, notRead: 0 });
  };

  await test.step('live stages 1 to 4', () => liveTheStages(story, taskQueue));
  await test.step('count them', () => expectSameCounts('with runs at each stage'));

  await test.step('the page says what blocks', async () => {
    await page.goto(`${app.url}${pages.patch(namespace, PATCH)}`);
    await expect(page.getByRole('main')).toContainText('still need the call', { timeout: PICTURE_LIMIT_MS });
    const inTheWay = page.getByRole('region', { name: 'Runs in the way' });
    await expect(inTheWay.getByRole('row').filter({ hasText: 'patched-0' })).toContainText('marker live');
    await expect(inTheWay.getByRole('row').filter({ hasText: 'initial-0' })).toContainText('may hold old branch');
  });

  await test.step('the command says the same, with exit code 1', async () => {
    const check = (patch: string) =>
      runCommand(
        process.execPath,
        ['server/cli/main.ts', 'check', '--namespace', namespace, '--patch', patch, '--question', 'remove'],
        {
          timeoutMs: 60_000,
          env: { TEMPORAL_ADDRESS: temporal.address, PATCHBOARD_DATABASE_URL: info.outputPath('store.db') },
        },
      );
    const blocked = await check(PATCH.id);
    expect(blocked).toMatchObject({ code: 1 });
    // Of the two runs that block, the one whose history comes first is named.
    expect(blocked.output).toMatch(/^\s*patched-[01] .* MyWorkflow /m);
    expect(await check('my-ptach')).toMatchObject({ code: 2 });
  });

  await test.step('runs end one by one', async () => {
    await using _worker = await story.startWorker({ taskQueue, stage: 2, buildId: 'stage-2' });
    for (const workflowId of ['initial-0', 'patched-0', 'initial-1', 'deprecated-0', 'patched-1']) {
      await story.client.finishRun(workflowId);
      await expectSameCounts(`after ${workflowId} ended`);
    }
  });

  await test.step('no open run carries it any more, and still nothing is called safe', async () => {
    await page.goto(`${app.url}${pages.patch(namespace, PATCH)}`);
    await expect(page.getByRole('main')).toContainText('may still be on the old branch', { timeout: PICTURE_LIMIT_MS });
    await expect(page.getByRole('main')).not.toContainText('need the call');
    await expect(page.getByText(/: safe/)).toHaveCount(0);
  });
});
