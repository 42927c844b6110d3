import { beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { type AnswerSubject, answerKey } from '#server/usecases/verdict/answer-key.ts';
import { askedType, askedVerdict } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

const namespace = 'ns';
const NOW = Date.UTC(2026, 10, 23, 20);
const MINUTE = 60_000;
const promote: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };

let ctx: Ctx;
beforeEach(() => {
  const fake = createFakeTemporal();
  for (const buildId of ['a', 'b']) fake.sets('q').apply({ kind: 'add-new-default', buildId });
  ctx = testCtx(fake.port, { now: () => NOW });
});

/** An answer whose evidence was complete so long ago. */
async function answered(
  { minutesAgo = 1, taskQueues = ['q'], answer = 'safe' as Verdict['answer'] },
  over: Partial<AnswerSubject> = {},
): Promise<void> {
  const subject: AnswerSubject = {
    question: { name: 'remove' },
    patchId: 'p',
    workflowType: null,
    policy: 'open',
    targetBuild: null,
    ...over,
  };
  const atMs = NOW - minutesAgo * MINUTE;
  const verdict = askedVerdict({
    atMs,
    answer,
    question: subject.question.name,
    min: 'version' in subject.question ? subject.question.version : null,
    byType: [askedType({ taskQueues })],
  });
  await ctx.store.saveAnswer(namespace, {
    key: answerKey(subject),
    askedBy: 'ci',
    atMs,
    body: JSON.stringify(verdict),
  });
}

const answers = async (operation = promote) =>
  (await planChange(ctx, { namespace, taskQueue: 'q', operation, reason: '' }, FAST)).answers;

describe('the answers of a plan', () => {
  it('name patch, question and word, where the move changes who gets work', async () => {
    await answered({ answer: 'safe' });
    await answered({ answer: 'blocked' }, { question: { name: 'raise-min', version: 2 } });
    expect(await answers()).toEqual(
      expect.arrayContaining([
        { patch: { kind: 'core', id: 'p' }, question: 'remove', min: null, answer: 'safe' },
        { patch: { kind: 'version', id: 'p' }, question: 'raise-min', min: 2, answer: 'blocked' },
      ]),
    );
    expect(await answers({ kind: 'promote-set', buildId: 'b' })).toEqual([]);
  });

  it.each([
    ['of other queues', { taskQueues: ['other'] }],
    ['that know nothing', { answer: 'unknown' as const }],
    ['that nobody acts on any more', { minutesAgo: 66 }],
  ])('leave out those %s', async (_which, given) => {
    await answered(given);
    expect(await answers()).toEqual([]);
  });

  it('still name one that has just expired: its deploy may be under way', async () => {
    await answered({ minutesAgo: 20 });
    expect(await answers()).toHaveLength(1);
  });

  it('name each question once, as asked of the whole patch', async () => {
    await answered({ minutesAgo: 3, answer: 'blocked' });
    await answered({ minutesAgo: 1, answer: 'safe' }, { workflowType: 'Order' });
    await answered({ minutesAgo: 2, answer: 'safe' }, { targetBuild: 'n' });
    expect(await answers()).toMatchObject([{ answer: 'blocked' }]);
  });

  it('are not hindered by one that cannot be read', async () => {
    await ctx.store.saveAnswer(namespace, { key: 'strange', askedBy: 'ci', atMs: NOW, body: '{' });
    await answered({});
    expect(await answers()).toHaveLength(1);
  });
});
