import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patchListSchema } from '#lib/api/patches/schemas.ts';
import { markerOf, runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import { CodedError } from '#server/errors.ts';
import { createStore } from '#server/store/store.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';
import { createPatchBench, LISTED_MS, live, type PatchBench } from '#server/usecases/patches/testing/patch-bench.ts';

let bench: PatchBench;
beforeEach(async () => {
  bench = createPatchBench(await createStore(':memory:'));
});
afterEach(() => bench.store.close());

describe('listPatches', () => {
  test('merges the picture with memory, by id, page by page', async () => {
    await bench.store.rememberPatches('shop', [{ kind: 'core', id: 'b-old', workflowType: 'Gone' }], 7_000);
    await bench.store.rememberPatches('elsewhere', [{ kind: 'core', id: 'other', workflowType: 'W' }], 7_000);
    const ctx = bench.ctxWith([runOf({ runId: '1' }, { markers: [live('c'), live('a')] })]);
    const first = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2 }));
    expect(first.items.map((patch) => patch.id)).toEqual(['a', 'b-old']);
    expect(first.items[1]).toMatchObject({
      stage: 'not-carried',
      totals: { openRuns: 0 },
      workflowTypes: ['Gone'],
      firstSeen: new Date(7_000).toISOString(),
      lastSeen: new Date(7_000).toISOString(),
    });
    expect(first.items[0]).toMatchObject({ stage: 'introduced', lastSeen: new Date(LISTED_MS).toISOString() });
    expect(first.picture).toMatchObject({ runsListed: 1, isListComplete: true });

    const cursor = first.nextCursor ?? undefined;
    const second = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2, cursor }));
    expect(second.items.map((patch) => patch.id)).toEqual(['c']);
    expect(second.nextCursor).toBeNull();
  });

  test('answers each question that suits the kind, by the picture never safe', async () => {
    const go = markerOf({ kind: 'version', id: 'p', version: 1 });
    const tasks = [taskOf({ startedEventId: 3 })];
    const ctx = bench.ctxWith([
      runOf({ runId: '1' }, { markers: [live('p')], tasks }),
      runOf({ runId: '2' }, { markers: [go], tasks }),
    ]);
    const { items } = await listPatches(ctx, { namespace: 'shop', limit: 10 });
    expect(items[0]?.answers).toContainEqual({ question: 'remove', min: null, answer: 'blocked', source: 'picture' });
    expect(items[1]?.answers.map(({ question, min }) => [question, min])).toEqual([
      ['raise-min', 1],
      ['drop-call', 1],
    ]);
    expect(items.flatMap((patch) => patch.answers).some(({ answer }) => answer === 'safe')).toBe(false);
  });

  test('before the first listing an unknown namespace is an error, an unreachable server is not', async () => {
    const ctx = bench.ctxWith([], { fromMs: null, toMs: null, trouble: 'Temporal does not answer.' });
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

test('a list tells of each patch what its own page tells', async () => {
  await bench.store.rememberPatches('shop', [{ kind: 'core', id: 'b', workflowType: 'Order' }], 1_000);
  const ctx = bench.ctxWith([
    runOf({ runId: '1' }, { markers: [live('a')] }),
    runOf({ runId: '2', workflowType: 'Refund', labels: ['c'] }, null),
    runOf({ runId: '3', workflowType: 'Mail' }, { unreadable: [{ eventId: 5, reason: 'not-json' }] }),
    runOf({ runId: '4', workflowType: 'Mail' }, { markers: [markerOf({ kind: 'version', id: 'a', version: 2 })] }),
    runOf({ runId: '5' }, { tasks: [taskOf({ startedEventId: 3 })] }),
  ]);
  const { items } = await listPatches(ctx, { namespace: 'shop', limit: 100 });
  expect(items.map((patch) => `${patch.kind} ${patch.id}`)).toEqual(['core a', 'version a', 'core b', 'core c']);
  for (const { kind, id, answers, stage, alarms } of items) {
    const alone = await getPatch(ctx, { namespace: 'shop', kind, id });
    expect({ stage, alarms }).toEqual({ stage: alone.stage, alarms: alone.alarms });
    expect(answers).toEqual(
      alone.answers.map(({ question, min, answer, source }) => ({ question, min, answer, source })),
    );
  }
});
