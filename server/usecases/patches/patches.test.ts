import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import { type CensusRun, type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { markerOf, runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import { CodedError } from '#server/errors.ts';
import type { Store } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';

const LISTED_MS = Date.UTC(2026, 10, 23, 20);
const live = (id: string) => markerOf({ kind: 'core', id, deprecated: false });

let store: Store;
beforeEach(async () => {
  store = await createStore(':memory:');
});
afterEach(() => store.close());

function ctxWith(runs: readonly CensusRun[], picture: Partial<CensusSnapshot> = {}) {
  const snapshot: CensusSnapshot = {
    ...emptySnapshot('shop'),
    fromMs: LISTED_MS - 100,
    toMs: LISTED_MS,
    isListComplete: true,
    runs,
    ...picture,
  };
  const none = () => Promise.reject(new Error('not asked'));
  const census = { snapshot: () => snapshot, nextPass: none, takeVisibility: none, stop: none };
  return testCtx(createFakeTemporal().port, { store, census, now: () => LISTED_MS + 5_000 });
}

describe('listPatches', () => {
  test('merges the picture with memory, by id, page by page', async () => {
    await store.rememberPatches('shop', [{ kind: 'core', id: 'b-old', workflowType: 'Gone' }], 7_000);
    await store.rememberPatches('elsewhere', [{ kind: 'core', id: 'other', workflowType: 'W' }], 7_000);
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('c'), live('a')] })]);
    const first = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2 }));
    expect(first.items.map((patch) => patch.id)).toEqual(['a', 'b-old']);
    expect(first.items[1]).toMatchObject({
      totals: { openRuns: 0 },
      workflowTypes: ['Gone'],
      firstSeen: new Date(7_000).toISOString(),
      lastSeen: new Date(7_000).toISOString(),
    });
    expect(first.items[0]?.lastSeen).toBe(new Date(LISTED_MS).toISOString());
    expect(first.picture).toMatchObject({ runsListed: 1, isListComplete: true });

    const cursor = first.nextCursor ?? undefined;
    const second = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2, cursor }));
    expect(second.items.map((patch) => patch.id)).toEqual(['c']);
    expect(second.nextCursor).toBeNull();
  });

  test('answers each question that suits the kind, never safe', async () => {
    const go = markerOf({ kind: 'version', id: 'p', version: 1 });
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('p')] }), runOf({ runId: '2' }, { markers: [go] })]);
    const { items } = await listPatches(ctx, { namespace: 'shop', limit: 10 });
    const answers = items.map((patch) => patch.answers.map(({ question, answer }) => [question, answer]));
    expect(answers[0]).toContainEqual(['remove', 'blocked']);
    expect(answers[1]?.map(([question]) => question)).toEqual(['raise-min', 'drop-call']);
    expect(answers.flat().some(([, answer]) => answer === 'safe')).toBe(false);
  });

  test('before the first listing an unknown namespace is an error, an unreachable server is not', async () => {
    const ctx = ctxWith([], { fromMs: null, toMs: null, trouble: 'Temporal does not answer.' });
    const describing = (code: 'namespace-not-found' | 'temporal-unreachable') => ({
      ...ctx,
      temporal: { ...ctx.temporal, describeNamespace: () => Promise.reject(new CodedError(code, 'no', 'next')) },
    });
    const input = { namespace: 'shop', limit: 10 };
    await expect(listPatches(describing('namespace-not-found'), input)).rejects.toMatchObject({
      code: 'namespace-not-found',
    });
    expect(await listPatches(describing('temporal-unreachable'), input)).toMatchObject({
      items: [],
      asOf: null,
      picture: { trouble: 'Temporal does not answer.' },
    });
  });
});

describe('getPatch', () => {
  test('counts per type, with the types that memory knows', async () => {
    await store.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Refund' }], 1_000);
    const ctx = ctxWith([
      runOf({ runId: '1' }, { markers: [live('p')] }),
      runOf({ runId: '2', workflowType: 'Refund' }, null),
    ]);
    const patch = patchSchema.parse(await getPatch(ctx, { namespace: 'shop', kind: 'core', id: 'p' }));
    expect(patch.byType.map(({ workflowType, counts }) => [workflowType, counts.live, counts.notRead])).toEqual([
      ['Order', 1, 0],
      ['Refund', 0, 1],
    ]);
    expect(patch).toMatchObject({ isSeen: true, totals: { openRuns: 2, live: 1, notRead: 1 } });
    expect(patch.answers.map((answer) => answer.question)).toEqual(['deprecate', 'remove']);
  });

  test('an id that nobody ever saw is said to be unseen, and its answers are unknown', async () => {
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('my-patch')] })]);
    const patch = patchSchema.parse(await getPatch(ctx, { namespace: 'shop', kind: 'core', id: 'my-pacth' }));
    expect(patch).toMatchObject({ isSeen: false, byType: [], firstSeen: null, totals: { openRuns: 0 } });
    expect(patch.answers.every((answer) => answer.answer === 'unknown')).toBe(true);
    expect(patch.answers[0]?.reasons.map((reason) => reason.code)).toContain('never-seen');
  });

  test('the same id of the other kind is another patch', async () => {
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('p')] })]);
    expect((await getPatch(ctx, { namespace: 'shop', kind: 'version', id: 'p' })).isSeen).toBe(false);
  });
});

test('a list answers as each patch does by itself, however the picture is narrowed for it', async () => {
  await store.rememberPatches('shop', [{ kind: 'core', id: 'b', workflowType: 'Order' }], 1_000);
  const ctx = ctxWith([
    runOf({ runId: '1' }, { markers: [live('a')] }),
    runOf({ runId: '2', workflowType: 'Refund', labels: ['c'] }, null),
    runOf({ runId: '3', workflowType: 'Mail' }, { unreadable: [{ eventId: 5, reason: 'not-json' }] }),
    runOf({ runId: '4', workflowType: 'Mail' }, { markers: [markerOf({ kind: 'version', id: 'a', version: 2 })] }),
    runOf({ runId: '5' }, { tasks: [taskOf({ startedEventId: 3 })] }),
  ]);
  const { items } = await listPatches(ctx, { namespace: 'shop', limit: 100 });
  expect(items.map((patch) => `${patch.kind} ${patch.id}`)).toEqual(['core a', 'version a', 'core b', 'core c']);
  for (const { kind, id, answers } of items) {
    const alone = await getPatch(ctx, { namespace: 'shop', kind, id });
    expect(answers).toEqual(alone.answers.map(({ question, min, answer }) => ({ question, min, answer })));
  }
});
