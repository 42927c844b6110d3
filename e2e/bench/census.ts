import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { makeOpenRuns, type OpenRuns } from '#e2e/bench/open-runs.ts';
import { LIFTED, READS_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { startCountingProxy } from '#e2e/scale/counting-proxy.ts';
import { createInterner } from '#lib/domain/census/intern.ts';
import { createCensus } from '#server/census/census.ts';
import { systemClock } from '#server/census/clock.ts';
import { listOpenRuns } from '#server/census/list-open-runs.ts';
import { createPicture } from '#server/census/picture.ts';
import { createRateBudget } from '#server/census/rate-budget.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

const TOTAL_RUNS = 10_000;
const MARKED_RUNS = 1_000;
/** Pairs of passes; odd, so that a median is one of them. */
const ROUNDS = 15;
const RATIO_GOAL = 1.3;
const VISIBILITY_PER_SECOND = 3;
const WATCHED_MS = 40_000;
const VISIBILITY_METHODS = ['ListWorkflowExecutions', 'CountWorkflowExecutions'];

const temporalAt = (address: string): TemporalPort =>
  createTemporal({ address, namespace: 'default', apiKey: null, tls: null, metadata: {} });

/** The same pages, asked for one after another and thrown away. @returns milliseconds */
async function timeBareList(temporal: TemporalPort, namespace: string): Promise<number> {
  const began = performance.now();
  let pageToken: Uint8Array | undefined;
  do {
    const page = await temporal.listRuns({
      namespace,
      query: 'CloseTime IS NULL',
      pageSize: 1_000,
      ...(pageToken && { pageToken }),
    });
    pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (pageToken !== undefined);
  return performance.now() - began;
}

/** One listing pass as the reader makes it, from the first call to the published picture. @returns milliseconds */
function passTimer(temporal: TemporalPort, namespace: string): () => Promise<number> {
  const picture = createPicture(namespace, () => undefined);
  const interner = createInterner();
  const budget = createRateBudget(LIFTED, systemClock);
  const { signal } = new AbortController();
  const deps = { temporal, namespace, interner, budget, clock: systemClock, signal };
  return async () => {
    const began = performance.now();
    const fromMs = Date.now();
    const { pages, isWhole } = await listOpenRuns({ ...deps, onPage: () => undefined, onRateLimited: () => undefined });
    picture.applyListing(pages, { fromMs, toMs: Date.now(), isWhole });
    const took = performance.now() - began;
    if (picture.snapshot().runs.length !== TOTAL_RUNS) throw new Error('the pass did not list every open run');
    return took;
  };
}

async function measureRatio(address: string, { namespace }: OpenRuns): Promise<boolean> {
  const temporal = temporalAt(address);
  const pass = passTimer(temporal, namespace);
  const bareMs: number[] = [];
  const passMs: number[] = [];
  // One of each unmeasured: connection, compiler and the server's caches.
  await timeBareList(temporal, namespace);
  await pass();
  for (let round = 0; round < ROUNDS; round++) {
    bareMs.push(await timeBareList(temporal, namespace));
    passMs.push(await pass());
  }
  temporal.close();
  const ratio = median(passMs) / median(bareMs);
  console.log(`listing pass      ${spread(passMs)}`);
  console.log(`bare list calls   ${spread(bareMs)}`);
  console.log(`ratio of medians  ${ratio.toFixed(2)} (goal: at most ${RATIO_GOAL}), ${ROUNDS} interleaved rounds`);
  return ratio <= RATIO_GOAL;
}

/** The whole census with its default budgets, other callers beside it, counted on the wire. */
async function measureBudget(address: string, { namespace, total, marked }: OpenRuns): Promise<boolean> {
  await using proxy = await startCountingProxy({ target: address });
  const temporal = temporalAt(proxy.address);
  const store = await createStore(':memory:');
  const config = { visibilityPerSecond: VISIBILITY_PER_SECOND, historiesPerSecond: 50 };
  const census = createCensus({ temporal, store, config, now: Date.now, log: pino({ level: 'silent' }) });
  const ended = AbortSignal.timeout(WATCHED_MS);
  const caller = async () => {
    while (!ended.aborted) {
      await census.takeVisibility(namespace);
      await temporal.countRuns({ namespace, query: 'CloseTime IS NULL' }, { maxAttempts: 1 });
      await sleep(500);
    }
  };
  census.snapshot(namespace);
  await Promise.all([caller(), caller()]);
  const picture = census.snapshot(namespace);
  await census.stop();
  temporal.close();
  await store.close();

  const visibility = proxy.calls.filter((call) => VISIBILITY_METHODS.includes(call.method));
  const most = mostInOneSecond(visibility.map((call) => call.atMs));
  const seconds = WATCHED_MS / 1_000;
  const histories = proxy.calls.filter((call) => call.method.startsWith('GetWorkflowExecutionHistory')).length;
  console.log(
    `visibility calls  ${visibility.length} in ${seconds} s, at most ${most} in any second (budget ${VISIBILITY_PER_SECOND})`,
  );
  console.log(
    `history calls     ${(histories / seconds).toFixed(1)} a second (budget 50), ${picture.historiesRead} of ${total} read`,
  );
  const found = picture.runs.filter((run) => run.facts?.markers.length === 1).length;
  console.log(`markers           ${found} found so far of ${marked} recorded; trouble: ${picture.trouble ?? 'none'}`);
  return most <= VISIBILITY_PER_SECOND && visibility.length > seconds;
}

/** Most of the times that lie in any window of one second. */
function mostInOneSecond(times: readonly number[]): number {
  const sorted = times.toSorted((left, right) => left - right);
  let most = 0;
  let first = 0;
  for (const [last, time] of sorted.entries()) {
    while ((sorted[first] ?? time) <= time - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

function spread(values: readonly number[]): string {
  const format = (value: number) => `${value.toFixed(0)} ms`;
  return `median ${format(median(values))}, ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
}

/** @returns whether every goal was met */
export async function benchCensus(): Promise<boolean> {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.version}`;
  console.log(`Census on ${machine}, Temporal 1.32.0 with SQLite in memory on the same machine`);
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: READS_LIFTED });
  const runs = await makeOpenRuns(server.address, TOTAL_RUNS, MARKED_RUNS);
  console.log(`${runs.total} open runs, ${runs.marked} of them with a recorded patch`);
  const isFast = await measureRatio(server.address, runs);
  const isPolite = await measureBudget(server.address, runs);
  return isFast && isPolite;
}

if (import.meta.main) process.exitCode = (await benchCensus()) ? 0 : 1;
