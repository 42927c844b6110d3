import { describe, expect, it } from 'vitest';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { answerQuestion } from '#server/usecases/verdict/answer-question.ts';
import { codesOf, ctxOf, deprecation, removal } from '#server/usecases/verdict/testing/questions.ts';
import { createFakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';
import { fakeRun } from '#server/usecases/verdict/testing/fake-run.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import { checkSchema } from '#lib/api/verdict/schemas.ts';

function remembering(patchId: string, workflowTypes: readonly string[]): Ctx['store'] {
  const seen = { kind: 'core', id: patchId, workflowTypes, firstSeenMs: 1, lastSeenMs: 2 } as const;
  return { ...createMemoryStore(), listPatches: async () => [seen] };
}

describe('answerQuestion', () => {
  it('finds a live marker by its label and answers in the contract’s shape', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'my-patch', deprecated: false } }));
    const check = await answerQuestion(ctxOf(fake), removal);
    expect(checkSchema.parse(check)).toEqual(check);
    expect(check).toMatchObject({ answer: 'blocked', wait: { latestEnd: null, endlessRuns: 1 } });
    expect(check.reasons[0]).toMatchObject({
      code: 'marker-live',
      count: 1,
      examples: [{ runId: 'a', buildId: 'v1' }],
    });
  });

  it('finds a live marker without a label among the runs of a type that uses the patch', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('labelled', { marker: { id: 'my-patch', deprecated: true } }));
    fake.add('default', fakeRun('bare', { marker: { id: 'my-patch', deprecated: false }, labels: [] }));
    const check = await answerQuestion(ctxOf(fake), removal);
    expect(check.reasons[0]).toMatchObject({ code: 'marker-live', examples: [{ runId: 'bare' }] });
  });

  it('blocks deprecation by an unmarked run, and looks at unlabelled runs first where the answer alone is wanted', async () => {
    const fake = createFakeNamespaces();
    for (const id of ['a', 'b', 'c'])
      fake.add('default', fakeRun(id, { marker: { id: 'my-patch', deprecated: false } }));
    fake.add('default', fakeRun('old', { startMs: 5_000 }));
    fake.pageSize = () => 100;
    const check = await answerQuestion(ctxOf(fake), { ...deprecation, mode: 'answer' });
    expect(check).toMatchObject({ answer: 'blocked', isStoppedAtBlocker: true });
    expect(check.reasons).toMatchObject([{ code: 'may-hold-old-branch', examples: [{ runId: 'old' }] }]);
    expect(fake.historiesRead[0]).toBe('old');
    expect(fake.historiesRead.length).toBeLessThanOrEqual(2);
  });

  it('asks about types that only memory knows', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('old'));
    const ctx = ctxOf(fake, { store: remembering('my-patch', ['T']) });
    expect((await answerQuestion(ctx, deprecation)).answer).toBe('blocked');
  });

  it('tells ids apart by case although visibility does not', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'MY-PATCH', deprecated: false } }));
    const check = await answerQuestion(ctxOf(fake), removal);
    expect(check.answer).toBe('unknown');
    expect(codesOf(check)).toContain('never-seen');
    expect(fake.historiesRead).toEqual([]);
  });

  it.each(['say "hi"', 'back\\slash', 'new\nline'])(
    'finds %j, which the server cannot be asked for, in the list',
    async (patchId) => {
      const fake = createFakeNamespaces();
      fake.add('default', fakeRun('a', { marker: { id: patchId, deprecated: false }, type: patchId }));
      fake.add('default', fakeRun('b', { marker: { id: 'other', deprecated: false } }));
      const check = await answerQuestion(ctxOf(fake), { ...removal, patchId, workflowType: patchId });
      expect(check.reasons[0]).toMatchObject({ code: 'marker-live', count: 1, examples: [{ runId: 'a' }] });
      expect(fake.historiesRead).toEqual(['a']);
    },
  );

  it('reads a wider list where a query is refused', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'my-patch', deprecated: false } }));
    fake.onCall = ({ query }) => {
      if (query?.includes('TemporalChangeVersion') === true)
        throw new CodedError('query-refused', 'no such attribute', '');
    };
    expect((await answerQuestion(ctxOf(fake), removal)).answer).toBe('blocked');
    expect(fake.queries.slice(0, 3)).toEqual([
      "TemporalChangeVersion = 'my-patch' AND CloseTime IS NULL",
      'TemporalChangeVersion IS NOT NULL AND CloseTime IS NULL',
      'CloseTime IS NULL',
    ]);
  });

  it('finds GetVersion runs by reading labels from the right', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'fee-2', version: 1 }, sdk: 'temporal-go' }));
    fake.add('default', fakeRun('b', { marker: { id: 'fee', version: 21 }, sdk: 'temporal-go' }));
    const asked = { ...removal, question: { name: 'raise-min', version: 2 }, patchId: 'fee-2' } as const;
    const check = await answerQuestion(ctxOf(fake), asked);
    expect(check).toMatchObject({ answer: 'blocked', min: 2, patch: { kind: 'version', id: 'fee-2' } });
    const below = check.reasons.find(({ code }) => code === 'version-below-min');
    expect(below).toMatchObject({ count: 1, examples: [{ runId: 'a' }] });
  });

  it('counts what the budget left unread as unknown', async () => {
    const fake = createFakeNamespaces();
    for (let index = 0; index < 12; index += 1) {
      fake.add(
        'default',
        fakeRun(`r${index}`, { startMs: index, marker: { id: 'my-patch', deprecated: index !== 11 } }),
      );
    }
    const check = await answerQuestion(ctxOf(fake), { ...removal, limits: { timeoutMs: 5_000, maxHistories: 5 } });
    expect(check).toMatchObject({ answer: 'unknown', evidence: { historiesRead: 5 } });
    expect(check.reasons.find(({ code }) => code === 'evidence-budget')).toMatchObject({ count: 7 });
  });

  it('is unknown, in time, when the clock runs out', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'my-patch', deprecated: false } }));
    fake.onCall = ({ runId }, signal) => (runId === undefined ? undefined : untilAborted(signal));
    const check = await answerQuestion(ctxOf(fake), { ...removal, limits: { timeoutMs: 50, maxHistories: 10 } });
    expect(check.answer).toBe('unknown');
    expect(codesOf(check)).toEqual(expect.arrayContaining(['evidence-budget', 'list-incomplete']));
  });

  it('stops with its asker', async () => {
    const fake = createFakeNamespaces();
    const asker = new AbortController();
    fake.onCall = (_what, signal) => {
      asker.abort();
      return untilAborted(signal);
    };
    await expect(answerQuestion(ctxOf(fake, { signal: asker.signal }), removal)).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('leaves one unreadable history unknown but fails when Temporal is gone', async () => {
    const fake = createFakeNamespaces();
    const a = fakeRun('a', { marker: { id: 'my-patch', deprecated: true } });
    fake.add('default', { ...a, events: new CodedError('response-too-large', 'too large', '') });
    expect(codesOf(await answerQuestion(ctxOf(fake), removal))).toContain('history-unreadable');
    fake.onCall = ({ runId }) => {
      if (runId !== undefined) throw new CodedError('temporal-unreachable', 'gone', '');
    };
    await expect(answerQuestion(ctxOf(fake), removal)).rejects.toMatchObject({ code: 'temporal-unreachable' });
  });

  it('stops at the first blocker when only the answer is wanted, and says so', async () => {
    const fake = createFakeNamespaces();
    for (let index = 0; index < 500; index += 1) {
      const isLive = index % 10 === 0;
      const buildId = isLive ? 'live' : 'deprecating';
      fake.add(
        'default',
        fakeRun(`r${index}`, { startMs: index, buildId, marker: { id: 'my-patch', deprecated: !isLive } }),
      );
    }
    const check = await answerQuestion(ctxOf(fake), {
      ...removal,
      mode: 'answer',
      limits: { timeoutMs: 5_000, maxHistories: 500 },
    });
    expect(check).toMatchObject({ answer: 'blocked', isStoppedAtBlocker: true });
    expect(fake.historiesRead.length).toBeLessThanOrEqual(4);
    expect(check.reasons.map(({ code }) => code)).toEqual(['marker-live']);
  });

  it('is blocked when one of several namespaces is', async () => {
    const fake = createFakeNamespaces();
    fake.add('two', fakeRun('a', { marker: { id: 'my-patch', deprecated: false } }));
    const check = await answerQuestion(ctxOf(fake), { ...removal, namespaces: ['one', 'two'] });
    expect(check.answer).toBe('blocked');
    expect(check.byNamespace.map((part) => [part.namespace, part.answer])).toEqual([
      ['one', 'unknown'],
      ['two', 'blocked'],
    ]);
  });

  it('takes every visibility call from the shared budget', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('a', { marker: { id: 'my-patch', deprecated: true } }));
    let taken = 0;
    const { census } = testCtx(fake.port);
    const takeVisibility = async () => void (taken += 1);
    await answerQuestion(ctxOf(fake, { census: { ...census, takeVisibility } }), removal);
    expect(taken).toBe(fake.queries.length);
  });
});

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted === true) reject(new CodedError('aborted', 'aborted', ''));
    signal?.addEventListener('abort', () => reject(new CodedError('aborted', 'aborted', '')), { once: true });
  });
}
