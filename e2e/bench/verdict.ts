import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { READS_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { atMost, type Figure, figureTable, machine, rounded } from '#e2e/bench/figures.ts';
import { runCommand } from '#e2e/harness/command.ts';
import { temporalBinary } from '#e2e/harness/temporal-binaries.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { startCountingProxy } from '#e2e/scale/counting-proxy.ts';
import { makePatchedRuns } from '#e2e/scale/patched-runs.ts';
import { CHECKOUT } from '#server/cli/serve/build.ts';
import { SMALL_HEAP } from '#server/cli/serve/served-app.ts';
import type { VerdictRun } from './verdict-run.ts';

const OPEN_RUNS = 10_000;
const CARRIERS = 200;
/** Full verdicts and bare readings of one process, one after the other; odd, so that a median is one of them. */
const ROUNDS = 5;
/** The same code differs by up to 0.07 from process to process. */
const PROCESSES = 5;
/** The verdict's own margin for runs that visibility may not have had yet, and a little. */
const SETTLED_MS = 125_000;
const RATE_SHARE_GOAL = 0.8;
const GROWTH_MB_GOAL = 60;
/** The script shows one run a process: so many are timed, and the rest reckoned from them. */
const SHOWN = 200;
const FASTER_GOAL = 20;
const CALLS_SHARE_GOAL = 1 / 50;

const PATCH = 'bench-patch';
const TYPE = 'VerdictBench';
const buildOf = (digit: string) => `@temporalio/worker@1.24.0+${digit.repeat(64)}`;

/** What a verdict costs beside reading histories bare, and beside the script that people write by hand. */
export async function benchVerdict(): Promise<boolean> {
  console.log(`Verdict on ${machine()}, Temporal 1.32.0 with SQLite in memory on the same machine`);
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: READS_LIFTED });
  const { address } = server;
  await makePatchedRuns({
    address,
    namespace: 'default',
    workflowType: TYPE,
    taskQueue: 'bench',
    patchId: PATCH,
    total: OPEN_RUNS,
    trace: (index) =>
      index % (OPEN_RUNS / CARRIERS) === 0
        ? { trace: 'live', buildId: buildOf('1') }
        : { trace: 'none', buildId: buildOf('2') },
  });
  // Runs that began in the last two minutes are listed once more at the end, and of ten thousand open ones few did.
  await pause(SETTLED_MS);
  let areMet = true;
  for (const measure of [rateAndMemory, besideTheScript]) {
    const figures = await measure(address);
    console.log(figureTable(figures));
    areMet &&= figures.every(({ goal }) => goal?.isMet !== false);
  }
  return areMet;
}

async function rateAndMemory(address: string): Promise<readonly Figure[]> {
  const runs: VerdictRun[] = [];
  while (runs.length < PROCESSES) runs.push(await runOnce(address));
  const shares = runs.map((run) => median(run.bareMs) / median(run.verdictMs)).toSorted((left, right) => left - right);
  const share = median(shares);
  const verdictMs = median(runs.map((run) => median(run.verdictMs)));
  const bareMs = median(runs.map((run) => median(run.bareMs)));
  return [
    {
      what: `full verdict over ${OPEN_RUNS} open runs ÷ bare history reads, same client (${PROCESSES} processes of ${ROUNDS} rounds, medians)`,
      goal: { text: `at least ${RATE_SHARE_GOAL}`, isMet: share >= RATE_SHARE_GOAL },
      measured: `${share.toFixed(2)} (${shares.map((each) => each.toFixed(2)).join(', ')}; ${rate(verdictMs)} beside ${rate(bareMs)} histories a second)`,
    },
    atMost(
      'resident memory gained by a full verdict',
      Math.max(...runs.map((run) => run.growthMb)),
      GROWTH_MB_GOAL,
      'MB',
    ),
  ];
}

/** In a process of its own, so that nothing else's memory is counted. */
async function runOnce(address: string): Promise<VerdictRun> {
  const script = join(CHECKOUT, 'e2e/bench/verdict-run.ts');
  // With the served process's own flags: pages ask there.
  const args = ['--expose-gc', ...SMALL_HEAP, script, address, TYPE, PATCH, String(ROUNDS)];
  const end = await runCommand(process.execPath, args, { timeoutMs: 15 * 60_000 });
  if (end.code !== 0) throw new Error(`the verdict could not be timed:\n${end.output}`);
  const run: VerdictRun = JSON.parse(end.stdout);
  if (run.historiesRead !== OPEN_RUNS) throw new Error(`${run.historiesRead} histories read, not ${OPEN_RUNS}`);
  return run;
}

async function besideTheScript(address: string): Promise<readonly Figure[]> {
  const cli = await temporalBinary('old');
  await using proxy = await startCountingProxy({ target: address });
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-bench-'));
  try {
    const began = performance.now();
    const check = ['check', '--patch', PATCH, '--question', 'remove', '--workflow-type', TYPE];
    const end = await runCommand(process.execPath, [join(CHECKOUT, 'server/cli/main.ts'), ...check], {
      timeoutMs: 300_000,
      env: {
        TEMPORAL_ADDRESS: proxy.address,
        PATCHBOARD_DATABASE_URL: join(folder, 'store.db'),
        PATCHBOARD_VISIBILITY_RPS: '1000',
        PATCHBOARD_HISTORY_RPS: '10000',
      },
    });
    const ownMs = performance.now() - began;
    const ownCalls = proxy.calls.length;
    if (end.code !== 1) throw new Error(`check ended with ${end.code}:\n${end.output}`);

    const script = await timeScript(cli, proxy.address);
    const scriptCalls = proxy.calls.length - ownCalls;
    const callsOfAll =
      script.listCalls(scriptCalls) + ((scriptCalls - script.listCalls(scriptCalls)) / SHOWN) * OPEN_RUNS;
    const scriptMs = script.listMs + (script.showMs / SHOWN) * OPEN_RUNS;
    const faster = scriptMs / ownMs;
    const share = ownCalls / callsOfAll;
    return [
      {
        what: `answer only, ${CARRIERS} of ${OPEN_RUNS} carry the patch: times faster than list and show (${SHOWN} of ${OPEN_RUNS} shows timed)`,
        goal: { text: `at least ${FASTER_GOAL}`, isMet: faster >= FASTER_GOAL },
        measured: `${rounded(faster)} (${rounded(ownMs / 1000)} s beside ${rounded(scriptMs / 1000)} s)`,
      },
      {
        what: 'calls of any kind ÷ calls of the script',
        goal: { text: `at most 1/${Math.round(1 / CALLS_SHARE_GOAL)}`, isMet: share <= CALLS_SHARE_GOAL },
        measured: `1/${Math.round(1 / share)} (${ownCalls} beside ${Math.round(callsOfAll)})`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What people write: list the open runs, then show each and search it. */
async function timeScript(cli: string, address: string) {
  const common = ['--address', address, '--namespace', 'default', '--output', 'json'];
  const began = performance.now();
  const list = await runCommand(
    cli,
    [
      'workflow',
      'list',
      '--query',
      `WorkflowType='${TYPE}' AND CloseTime IS NULL`,
      '--limit',
      String(OPEN_RUNS),
      ...common,
    ],
    { timeoutMs: 300_000 },
  );
  const listMs = performance.now() - began;
  if (list.code !== 0) throw new Error(`temporal workflow list ended with ${list.code}:\n${list.output}`);
  const ids = [...list.stdout.matchAll(/"workflowId":\s*"([^"]+)"/g)].map(([, id]) => id ?? '');
  const showBegan = performance.now();
  for (const id of ids.slice(0, SHOWN)) {
    const show = await runCommand(cli, ['workflow', 'show', '--workflow-id', id, ...common], { timeoutMs: 60_000 });
    if (show.code !== 0) throw new Error(`temporal workflow show ended with ${show.code}:\n${show.output}`);
  }
  const showMs = performance.now() - showBegan;
  if (ids.length < OPEN_RUNS) throw new Error(`the script listed ${ids.length} runs`);
  return { listMs, showMs, listCalls: (all: number) => Math.min(all, Math.ceil(OPEN_RUNS / 1_000)) };
}

function rate(ms: number): string {
  return rounded(OPEN_RUNS / (ms / 1_000));
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

if (import.meta.main) process.exitCode = (await benchVerdict()) ? 0 : 1;
