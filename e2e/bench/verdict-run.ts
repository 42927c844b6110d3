/** One process's full verdicts and bare readings in turn: `node verdict-run.ts ADDRESS TYPE PATCH ROUNDS`. Prints JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createCensus } from '#server/census/census.ts';
import { loadConfig } from '#server/config/load.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { askVerdict } from '#server/usecases/verdict/ask-verdict.ts';

export interface VerdictRun {
  readonly bareMs: readonly number[];
  readonly verdictMs: readonly number[];
  readonly historiesRead: number;
  /** Resident memory at its highest during the first full verdict, less what it was before. */
  readonly growthMb: number;
}

const IN_FLIGHT = 32;
const LIFTED = 1_000_000;
const SAMPLE_MS = 50;

const [address = '', workflowType = '', patchId = '', rounds = '1'] = process.argv.slice(2);
const temporal = createTemporal({ address, namespace: 'default', apiKey: null, tls: null, metadata: {} });
const runs = await listRuns();
const small = await freshCtx();
// Connection, compiler, SQLite: what any first question costs.
await ask(small.ctx, 50);
await small.close();

const verdictMs: number[] = [];
const bareMs: number[] = [];
let growthMb = 0;
let historiesRead = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  // Neither has the other's warm code, or its garbage at the server, more often than the other.
  for (const time of round % 2 === 0 ? [timeVerdict, timeBare] : [timeBare, timeVerdict]) {
    // A heap that one has grown would favour what comes after it.
    globalThis.gc?.();
    await time();
  }
}
temporal.close();
const result: VerdictRun = { bareMs, verdictMs, historiesRead, growthMb };
process.stdout.write(JSON.stringify(result));

function ask(ctx: Ctx, maxHistories: number) {
  const limits = { timeoutMs: 600_000, maxHistories };
  const question = { name: 'remove' } as const;
  const input = {
    namespace: 'default',
    question,
    patchId,
    workflowType,
    policy: 'open',
    mode: 'full',
    targetBuild: null,
    limits,
  } as const;
  return askVerdict(ctx, input, () => undefined);
}

/** Nothing remembered, nothing held back. */
async function freshCtx(): Promise<{ readonly ctx: Ctx; readonly close: () => Promise<void> }> {
  const config = {
    ...(await loadConfig({ TEMPORAL_ADDRESS: address })),
    visibilityPerSecond: LIFTED,
    historiesPerSecond: LIFTED,
  };
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-verdict-'));
  const store = await createStore(join(folder, 'store.db'));
  const log = pino({ level: 'silent' });
  const census = createCensus({ temporal, store, config, log, now: Date.now });
  const ctx = testCtx(temporal, { config, store, census, log });
  return {
    ctx,
    close: async () => {
      await census.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listRuns(): Promise<readonly { readonly workflowId: string; readonly runId: string }[]> {
  const found: { workflowId: string; runId: string }[] = [];
  let page: Awaited<ReturnType<TemporalPort['listRuns']>> | null = null;
  do {
    const query = `WorkflowType = '${workflowType}' AND CloseTime IS NULL`;
    page = await temporal.listRuns({ namespace: 'default', query, ...(page && { pageToken: page.nextPageToken }) });
    found.push(...page.runs.map(({ workflowId, runId }) => ({ workflowId, runId })));
  } while (page.nextPageToken.length > 0);
  return found;
}

async function timeVerdict(): Promise<void> {
  const fresh = await freshCtx();
  const beforeMb = residentMb();
  let mostMb = beforeMb;
  const sampler = setInterval(() => {
    mostMb = Math.max(mostMb, residentMb());
  }, SAMPLE_MS);
  const began = performance.now();
  historiesRead = (await ask(fresh.ctx, runs.length + 1)).evidence.historiesRead;
  verdictMs.push(performance.now() - began);
  clearInterval(sampler);
  if (verdictMs.length === 1) growthMb = mostMb - beforeMb;
  await fresh.close();
}

/** Every history read and thrown away, with the same client and as many in flight. */
async function timeBare(): Promise<void> {
  const began = performance.now();
  const queue = runs.values();
  const reader = async () => {
    for (const run of queue) await temporal.readHistory({ namespace: 'default', ...run });
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, reader));
  bareMs.push(performance.now() - began);
}

function residentMb(): number {
  return process.memoryUsage.rss() / 1e6;
}
