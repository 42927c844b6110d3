import { type CensusRun, type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { markerOf, runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import { createStore } from '#server/store/store.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';
import { type Figure, figureTable, machine } from './figures.ts';

const RUNS = 10_000;
const PATCHES = 200;
const BUILDS = 5;

/** Runs of so many types, the patches spread evenly over them; every fourth run is from before its patch. */
function runsOf(types: number): readonly CensusRun[] {
  const perType = PATCHES / types;
  return Array.from({ length: RUNS }, (_, index) => {
    const type = index % types;
    const round = Math.floor(index / types);
    const id = `patch-${type * perType + (round % perType)}`;
    const worker = { buildId: `build-${round % BUILDS}`, useVersioning: false, deploymentVersion: null };
    return runOf(
      { runId: `run-${index}`, workflowType: `Type${type}`, startTimeMs: index },
      {
        tasks: [taskOf({ startedEventId: 3, timeMs: index, worker })],
        markers: round % 4 === 0 ? [] : [markerOf({ kind: 'core', id, deprecated: round % 2 === 0 })],
      },
    );
  });
}

async function timeList(ctx: Ctx, snapshot: CensusSnapshot): Promise<number> {
  const census = { ...ctx.census, snapshot: () => snapshot };
  const began = performance.now();
  await listPatches({ ...ctx, census }, { namespace: snapshot.namespace, limit: 1_000 });
  return performance.now() - began;
}

/** The list of patches with its answers, of a picture that nobody looked at yet and looked at again. Prints its figures. */
export async function benchPatchList(): Promise<void> {
  const store = await createStore(':memory:');
  const ctx = testCtx(createFakeTemporal().port, { store });
  const figures: Figure[] = [];
  for (const types of [100, 20, 4]) {
    const runs = runsOf(types);
    const picture = {
      ...emptySnapshot('default'),
      fromMs: 1,
      toMs: 2,
      isListComplete: true,
      historiesRead: RUNS,
      runs,
    };
    const [first, again] = [await timeList(ctx, picture), await timeList(ctx, picture)];
    figures.push({
      what: `list of ${PATCHES} patches of ${types} workflow types, ${RUNS} open runs`,
      goal: null,
      measured: `${first.toFixed(0)} ms for a new picture, ${again.toFixed(0)} ms for a known one`,
    });
  }
  await store.close();
  console.log(`The list of patches on ${machine()}`);
  console.log(figureTable(figures));
}
