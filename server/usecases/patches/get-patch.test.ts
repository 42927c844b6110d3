import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patchSchema } from '#lib/api/patches/schemas.ts';
import { runOf } from '#lib/domain/census/test-runs.ts';
import { createStore } from '#server/store/store.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { createPatchBench, live, p, type PatchBench } from '#server/usecases/patches/testing/patch-bench.ts';

let bench: PatchBench;
beforeEach(async () => {
  bench = createPatchBench(await createStore(':memory:'));
});
afterEach(() => bench.store.close());

describe('getPatch', () => {
  test('counts per type, with the types that memory knows', async () => {
    await bench.store.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Refund' }], 1_000);
    const ctx = bench.ctxWith([
      runOf({ runId: '1' }, { markers: [live('p')] }),
      runOf({ runId: '2', workflowType: 'Refund' }, null),
    ]);
    const patch = patchSchema.parse(await getPatch(ctx, p));
    expect(patch.byType.map(({ workflowType, counts }) => [workflowType, counts.live, counts.notRead])).toEqual([
      ['Order', 1, 0],
      ['Refund', 0, 1],
    ]);
    expect(patch).toMatchObject({ isSeen: true, totals: { openRuns: 2, live: 1, notRead: 1 } });
    expect(patch.answers.map((answer) => answer.question)).toEqual(['deprecate', 'remove']);
  });

  test('names the SDK of the newest run that carries it', async () => {
    const carrier = (runId: string, startTimeMs: number, sdkName: string | null) =>
      runOf({ runId, startTimeMs }, { sdkName, markers: [live('p')] });
    const runs = [
      carrier('1', 10, 'temporal-python'),
      carrier('2', 30, 'temporal-ruby'),
      carrier('3', 20, 'temporal-dotnet'),
      runOf({ runId: '4', startTimeMs: 40 }, {}),
    ];
    expect((await getPatch(bench.ctxWith(runs), p)).sdkName).toBe('temporal-ruby');
    expect((await getPatch(bench.ctxWith(runs.slice(3)), p)).sdkName).toBeNull();
  });

  test('an id that nobody ever saw is said to be unseen, and its answers are unknown', async () => {
    const ctx = bench.ctxWith([runOf({ runId: '1' }, { markers: [live('my-patch')] })]);
    const patch = patchSchema.parse(await getPatch(ctx, { ...p, id: 'my-pacth' }));
    expect(patch).toMatchObject({ isSeen: false, stage: 'not-carried', byType: [], firstSeen: null, alarms: [] });
    expect(patch.answers.every((answer) => answer.answer === 'unknown')).toBe(true);
    expect(patch.answers[0]?.reasons.map((reason) => reason.code)).toContain('never-seen');
    const unread = bench.ctxWith([runOf({ runId: '1' }, null)]);
    expect((await getPatch(unread, { ...p, id: 'my-pacth' })).stage).toBe('unknown');
  });

  test('the same id of the other kind is another patch', async () => {
    const ctx = bench.ctxWith([runOf({ runId: '1' }, { markers: [live('p')] })]);
    expect((await getPatch(ctx, { ...p, kind: 'version' })).isSeen).toBe(false);
  });
});
