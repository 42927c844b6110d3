import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import type { PatchSample } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { createPatchBench, live, NOW_MS, p, type PatchBench } from '#server/usecases/patches/testing/patch-bench.ts';

const HOUR_MS = 3_600_000;

let bench: PatchBench;
beforeEach(async () => {
  bench = createPatchBench(await createStore(':memory:'));
});
afterEach(() => bench.store.close());

describe('alarms', () => {
  const alarms = async (runs: readonly CensusRun[], id = 'p') =>
    (await getPatch(bench.ctxWith(runs), { ...p, id })).alarms;

  test('count the runs of its types whose newest task failed by nondeterminism', async () => {
    const nondeterminismFailure = { message: 'no', timeMs: 5 };
    const runs = [
      runOf({ runId: '1' }, { markers: [live('p')] }),
      runOf({ runId: '2' }, { nondeterminismFailure }),
      runOf({ runId: '3', workflowType: 'Refund' }, { nondeterminismFailure }),
    ];
    expect(await alarms(runs)).toEqual([{ code: 'nondeterminism', count: 1 }]);
    expect(await alarms(runs, 'q')).toEqual([]);
  });

  test('say that the newest code stopped writing what open runs need', async () => {
    const by = (buildId: string, timeMs: number) =>
      taskOf({ startedEventId: 3, timeMs, worker: { buildId, useVersioning: false, deploymentVersion: null } });
    const carrier = runOf({ runId: '1' }, { markers: [live('p')], tasks: [by('v2', 1_000)] });
    const without = runOf({ runId: '2' }, { tasks: [by('v3', 2_000)] });
    expect(await alarms([carrier, without])).toEqual([{ code: 'newest-stopped-writing', count: 1 }]);
    expect(await alarms([carrier])).toEqual([]);
  });

  test('say that a patch that was gone came back', async () => {
    const thisHour = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;
    const sample = (hoursAgo: number, count: number): PatchSample => ({
      kind: 'core',
      id: 'p',
      workflowType: 'Order',
      hourMs: thisHour - hoursAgo * HOUR_MS,
      openRuns: 9,
      live: count,
      deprecated: 0,
      withoutMarker: 9 - count,
      versions: {},
    });
    const carrier = [runOf({ runId: '1' }, { markers: [live('p')] })];
    await bench.store.addSamples('shop', [sample(30, 1), ...[26, 20, 10, 2].map((ago) => sample(ago, 0))], NOW_MS);
    expect(await alarms(carrier)).toEqual([{ code: 'came-back', count: 1 }]);
    expect(await alarms([])).toEqual([]);
  });

  test('are silent where the patch was carried yesterday', async () => {
    expect(await alarms([runOf({ runId: '1' }, { markers: [live('p')] })])).toEqual([]);
  });
});
