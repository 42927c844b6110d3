import { describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { answerKey } from '#server/usecases/verdict/answer-key.ts';
import { answerQuestion, type QuestionInput } from '#server/usecases/verdict/answer-question.ts';
import { createFakeNamespaces, type FakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';
import { fakeRun } from '#server/usecases/verdict/testing/fake-run.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import { checkSchema } from '#lib/api/verdict/schemas.ts';

const removal: QuestionInput = {
  question: { name: 'remove' },
  patchId: 'my-patch',
  workflowType: null,
  namespaces: ['default'],
  policy: 'open',
  mode: 'full',
  targetBuild: null,
  limits: { timeoutMs: 5_000, maxHistories: 100 },
};
const deprecation: QuestionInput = { ...removal, question: { name: 'deprecate' } };

function ctxOf(fake: FakeNamespaces, over: Partial<Ctx> = {}): Ctx {
  const base = testCtx(fake.port);
  return testCtx(fake.port, {
    config: { ...base.config, historiesPerSecond: 100_000 },
    ...over,
  });
}

function remembering(patchId: string, workflowTypes: readonly string[]): Ctx['store'] {
  const seen = { kind: 'core', id: patchId, workflowTypes, firstSeenMs: 1, lastSeenMs: 2 } as const;
  return { ...createMemoryStore(), listPatches: async () => [seen] };
}

const codesOf = (check: { reasons: readonly { code: string }[] }) => check.reasons.map((reason) => reason.code);

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

const DEPRECATOR = `@temporalio/worker@1.24.0+${'ab'.repeat(32)}`;
const LIVE = `@temporalio/worker@1.24.0+${'cd'.repeat(32)}`;
const sdk = 'temporal-typescript';

function polls(buildId: string | null, identity = 'worker'): Poller {
  return { identity, taskKind: 'workflow', lastPollMs: 1, buildId, useVersioning: false, deploymentVersion: null };
}

/** A deprecated run open, its worker polling: everything that `remove` needs. */
function safeWorld(): FakeNamespaces {
  const fake = createFakeNamespaces();
  fake.add('default', fakeRun('a', { sdk, buildId: DEPRECATOR, marker: { id: 'my-patch', deprecated: true } }));
  fake.pollers.set('queue', [polls(DEPRECATOR)]);
  return fake;
}

const ofType: QuestionInput = { ...removal, workflowType: 'T' };

describe('answerQuestion, where it may say safe', () => {
  it('says safe when every run and every worker is shown to be clear', async () => {
    const check = await answerQuestion(ctxOf(safeWorld()), ofType);
    expect(check.reasons).toEqual([]);
    expect(check).toMatchObject({ answer: 'safe', classes: { survived: 1 }, evidence: { policy: 'open' } });
    expect(Date.parse(check.validUntil ?? '') - Date.parse(check.evidence.to ?? '')).toBe(5 * 60_000);
  });

  it('keeps the answer, and nothing of a question with assumptions of its own', async () => {
    const ctx = ctxOf(safeWorld());
    await answerQuestion(ctx, { ...ofType, assumedBuilds: ['x'] });
    expect(await ctx.store.listAnswers('default', 0)).toEqual([]);
    await answerQuestion(ctx, ofType);
    expect(await ctx.store.findAnswer('default', answerKey(ofType))).toMatchObject({ askedBy: 'test' });
  });

  it.each<[string, (fake: FakeNamespaces) => void, string]>([
    [
      'a worker that nothing is known of',
      (fake) => fake.pollers.set('queue', [polls(DEPRECATOR), polls('x')]),
      'worker-not-known',
    ],
    ['no worker at all', (fake) => fake.pollers.clear(), 'no-poller'],
    [
      'an activity worker alone',
      (fake) => fake.pollers.set('queue', [{ ...polls(DEPRECATOR), taskKind: 'activity' }]),
      'no-poller',
    ],
    [
      'a worker on a queue that only a closed run shows',
      (fake) => {
        fake.add('default', fakeRun('closed', { sdk, taskQueue: 'second', closeMs: 2_000 }));
        fake.pollers.set('second', [polls('x')]);
      },
      'worker-not-known',
    ],
    [
      'a worker on a queue that only a schedule shows',
      (fake) => {
        fake.schedules.push({ scheduleId: 's', workflowType: 'T', taskQueue: 'nightly' });
        fake.pollers.set('nightly', [polls('x')]);
      },
      'worker-not-known',
    ],
  ])('is unknown for %s', async (_name, change, code) => {
    const fake = safeWorld();
    change(fake);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('unknown');
    expect(codesOf(check)).toEqual([code]);
  });

  it('learns from a closed run what a polling build writes', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls(LIVE)]);
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } }),
    );
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('blocked');
    // Two codes recorded the patch now, so whether its calls came together matters too.
    expect(codesOf(check)).toEqual(['worker-writes-live', 'calls-not-declared']);
  });

  it.each(['answer', 'full'] as const)('never calls a typing error blocked, asked for %s', async (mode) => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('plain'));
    fake.pollers.set('queue', [polls('v1')]);
    const check = await answerQuestion(ctxOf(fake), { ...deprecation, mode, workflowType: 'T', patchId: 'my-pacth' });
    expect(check).toMatchObject({ answer: 'unknown', isStoppedAtBlocker: false });
    expect(codesOf(check)).toContain('never-seen');
  });

  it('learns from a closed run what a build that polls no more had', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('waits', { sdk, buildId: LIVE }));
    fake.add('default', fakeRun('marked', { sdk, buildId: DEPRECATOR, marker: { id: 'my-patch', deprecated: false } }));
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const ask = async () => (await answerQuestion(ctxOf(fake), { ...deprecation, workflowType: 'T' })).classes;
    expect(await ask()).toMatchObject({ 'may-hold-old-branch': 1 });
    const closed = { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } };
    fake.add('default', fakeRun('closed', closed));
    // One declaration away now: two builds recorded the patch.
    expect(await ask()).toMatchObject({ 'may-hold-old-branch': 0, unknown: 1 });
  });

  it('finds the queue of a closed run beyond the newest page', async () => {
    const fake = safeWorld();
    fake.pageSize = () => 1;
    for (const id of ['c1', 'c2']) fake.add('default', fakeRun(id, { sdk, closeMs: 3_000 }));
    fake.add('default', fakeRun('far', { sdk, taskQueue: 'far', closeMs: 2_000 }));
    fake.pollers.set('far', [polls('x')]);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(codesOf(check)).toEqual(['worker-not-known']);
    expect(check.notes).toContainEqual({ code: 'closed-not-looked-at', count: 3, examples: [] });
  });

  it('reads a run that begins while histories are read', async () => {
    const fake = safeWorld();
    let isAdded = false;
    fake.onCall = ({ runId }) => {
      if (runId === undefined || isAdded) return;
      isAdded = true;
      const startMs = Date.now();
      fake.add(
        'default',
        fakeRun('new', { sdk, startMs, buildId: LIVE, marker: { id: 'my-patch', deprecated: false } }),
      );
    };
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('blocked');
    expect(check.reasons[0]).toMatchObject({ code: 'marker-live', examples: [{ runId: 'new' }] });
  });

  it('counts a worker that polled only at the beginning', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls('gone-soon')]);
    fake.onCall = ({ runId }) => {
      if (runId !== undefined) fake.pollers.set('queue', [polls(DEPRECATOR)]);
    };
    expect(codesOf(await answerQuestion(ctxOf(fake), ofType))).toEqual(['worker-not-known']);
  });

  it('takes an assumed carrier for this question alone, and prints it', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls('v7')]);
    const ctx = ctxOf(fake);
    const together = { kind: 'calls-together', patch: null } as const;
    await ctx.store.declareFact('default', {
      id: '1',
      declaredBy: 'alice',
      declaredAtMs: 1,
      note: '',
      claim: together,
    });
    expect(codesOf(await answerQuestion(ctx, ofType))).toEqual(['worker-not-known']);
    const check = await answerQuestion(ctx, { ...ofType, assumedBuilds: ['v7'] });
    expect(check.answer).toBe('safe');
    expect(check.byNamespace[0]?.assumptions.map(({ declaredBy }) => declaredBy)).toEqual([
      '--assume-carrier',
      'alice',
    ]);
  });

  it('judges closed runs under policy retention, and says when the last of them leaves', async () => {
    const fake = safeWorld();
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } }),
    );
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const check = await answerQuestion(ctxOf(fake), { ...ofType, policy: 'retention' });
    expect(check.answer).toBe('blocked');
    expect(check.byNamespace[0]?.lastClosedLeaves).toBe(new Date(2_000 + 86_400_000).toISOString());
    expect((await answerQuestion(ctxOf(fake), ofType)).answer).toBe('safe');
  });

  it('goes on from what the store remembers: later events only, and nothing of a closed run', async () => {
    const fake = safeWorld();
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: DEPRECATOR, closeMs: 2_000, marker: { id: 'my-patch', deprecated: true } }),
    );
    const ctx = ctxOf(fake);
    await answerQuestion(ctx, ofType);
    expect(fake.historiesRead.toSorted()).toEqual(['a', 'closed']);
    expect((await answerQuestion(ctx, ofType)).answer).toBe('safe');
    expect(fake.historiesRead.toSorted()).toEqual(['a', 'a', 'closed']);
  });

  it('costs at most six calls where nothing open carries the patch', async () => {
    const fake = createFakeNamespaces();
    fake.pageSize = () => 1_000;
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: DEPRECATOR, closeMs: 2_000, marker: { id: 'my-patch', deprecated: true } }),
    );
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('safe');
    expect(check.evidence.calls).toBeLessThanOrEqual(6);
    expect(check.evidence.calls).toBe(fake.queries.length + fake.historiesRead.length);
  });
});

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted === true) reject(new CodedError('aborted', 'aborted', ''));
    signal?.addEventListener('abort', () => reject(new CodedError('aborted', 'aborted', '')), { once: true });
  });
}
