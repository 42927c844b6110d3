import { startPatchboard } from '#e2e/harness/app.ts';
import { runUntilSignal } from '#e2e/harness/run-until.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { CHECKOUT, ensureBuild } from '#server/cli/serve/build.ts';
import { createProgress } from '#server/cli/serve/progress.ts';
import { READS_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { atMost, type Figure, figureTable, machine, rounded } from './figures.ts';
import { makeOpenRuns } from './open-runs.ts';
import { measurePages } from './page-requests.ts';
import { percentile } from './percentile.ts';
import { NO_PROC, onlyChildOf, residentMemory } from './resident-memory.ts';
import { readStatus, untilPictureStands } from './standing-picture.ts';
import { makeVersionSets } from './version-sets.ts';

const TOTAL_RUNS = 10_000;
const MARKED_RUNS = 1_000;
/** The queue of the runs without a marker, nine of ten. */
const TASK_QUEUE = 'idle';
const PATCH = { kind: 'core', id: 'bench-patch' } as const;
const STARTS = 5;
const RESIDENT_GOAL_MB = 250;
const MB = 1024 * 1024;

/** Patchboard's own limits: visibility without any, histories at about what one such server gives (960 a second). */
const BUDGETS_LIFTED = { PATCHBOARD_VISIBILITY_RPS: '10000', PATCHBOARD_HISTORY_RPS: '1000' };

/** From the command to the first answer that a page asks for: Node, the production server, the store, Temporal's answer. */
async function measureStarts(address: string, namespace: string): Promise<Figure> {
  const tookMs: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const began = performance.now();
    await using app = await startPatchboard({ address });
    await readStatus(app.url, namespace);
    tookMs.push(performance.now() - began);
  }
  const seconds = (value: number) => `${rounded(value / 1_000)} s`;
  const measured = `${seconds(percentile(tookMs, 50))} (slowest ${seconds(Math.max(...tookMs))})`;
  return { what: `patchboard serve to its first answer, median of ${STARTS} starts`, goal: null, measured };
}

/** Takes the server process's memory when called, under a name. */
type Weigh = (when: string) => Promise<void>;

async function createScales(servePid: number, figures: Figure[]): Promise<Weigh> {
  const pid = await onlyChildOf(servePid);
  if (pid === null)
    return async (when) => void figures.push({ what: residentName(when), goal: null, measured: NO_PROC });
  return async (when) => {
    const { now, most } = await residentMemory(pid);
    const detail = ` (most so far ${(most / MB).toFixed(0)} MB)`;
    figures.push(atMost(residentName(when), now / MB, RESIDENT_GOAL_MB, 'MB', detail));
  };
}

const residentName = (when: string): string => `server process, resident ${when}`;

/** Speed and memory of the production app before a real server with ten thousand open runs. Prints its figures. */
export async function benchApp(signal: AbortSignal): Promise<void> {
  const progress = createProgress((text) => process.stderr.write(text), Date.now);
  // First: no figure contains a build.
  await ensureBuild({ root: CHECKOUT, env: process.env, progress, signal });
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: READS_LIFTED });
  const { namespace } = await progress.step(`Starting ${TOTAL_RUNS} runs`, () =>
    makeOpenRuns(server.address, TOTAL_RUNS, MARKED_RUNS),
  );
  const { sets, builds } = await makeVersionSets(server.address, { namespace, taskQueue: TASK_QUEUE });

  const figures = [await measureStarts(server.address, namespace)];
  await using app = await startPatchboard({ address: server.address, env: BUDGETS_LIFTED });
  const weigh = await createScales(app.pid, figures);
  await weigh('at its start');
  const picture = await progress.step('Reading the open runs', () =>
    untilPictureStands(app.url, namespace, TOTAL_RUNS),
  );
  await weigh('once the picture stands');
  figures.push(...(await measurePages(app.url, { namespace, taskQueue: TASK_QUEUE, patch: PATCH })));
  await weigh('after these requests');

  console.log(`The app on ${machine()}, Temporal 1.32.0 with SQLite in memory on the same machine`);
  console.log(
    `${picture.runsListed} open runs, ${picture.historiesRead} histories read, ${sets} version sets of ${builds} builds`,
  );
  console.log(figureTable(figures));
}

if (import.meta.main) await runUntilSignal((signal) => benchApp(signal).then(() => 0));
