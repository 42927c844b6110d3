import { randomUUID } from 'node:crypto';
import { startPatchboard } from '#e2e/harness/app.ts';
import { WRITES_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { runUntilSignal } from '#e2e/harness/run-until.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { changeDetailSchema, changePlanSchema } from '#lib/api/changes/schemas.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { api } from '#lib/routes.ts';
import { CHECKOUT, ensureBuild } from '#server/cli/serve/build.ts';
import { createProgress } from '#server/cli/serve/progress.ts';
import { atMost, type Figure, figureTable, machine } from './figures.ts';
import { makeVersionSets } from './version-sets.ts';
import { percentile } from './percentile.ts';

const CHANGES = 100;
const STORED_GOAL_S = 2;
const namespace = 'default';
const taskQueue = 'bench-changes';

interface Took {
  readonly planMs: number;
  /** From the click, which is one request, to the answer that says `stored`. */
  readonly storedMs: number;
}

/** Two sets take turns as queue default: every change is one that writes. */
async function changeOnce(url: string, index: number): Promise<Took> {
  const operation: VersionSetOperation = { kind: 'promote-set', buildId: `build-${1 + (index % 2)}.9` };
  const began = performance.now();
  const request = { taskQueue, operation, reason: 'bench' };
  const plan = await fetchJson(`${url}${api.changePlans(namespace)}`, changePlanSchema, { body: request });
  const clicked = performance.now();
  const change = await fetchJson(`${url}${api.changes(namespace)}`, changeDetailSchema, {
    body: { planId: plan.id, confirm: plan.mustConfirm ?? true },
    headers: { 'idempotency-key': randomUUID() },
  });
  if (change.stored.is !== true) throw new Error(`the change ended as ${change.outcome}`);
  return { planMs: clicked - began, storedMs: performance.now() - clicked };
}

/** How long a release engineer waits between the last click and certainty, on a queue as full as servers allow. */
export async function benchChanges(signal: AbortSignal): Promise<boolean> {
  const progress = createProgress((text) => process.stderr.write(text), Date.now);
  await ensureBuild({ root: CHECKOUT, env: process.env, progress, signal });
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: WRITES_LIFTED });
  await makeVersionSets(server.address, { namespace, taskQueue });
  await using app = await startPatchboard({ address: server.address });
  const took: Took[] = [];
  for (let index = 0; index < CHANGES && !signal.aborted; index += 1) took.push(await changeOnce(app.url, index));
  const seconds = (of: (one: Took) => number, percent: number) => percentile(took.map(of), percent) / 1_000;
  const figures: Figure[] = [
    atMost(
      `click to stored, 95th percentile of ${CHANGES} changes (10 sets of 100 build IDs)`,
      seconds(({ storedMs }) => storedMs, 95),
      STORED_GOAL_S,
      's',
      ` (median ${seconds(({ storedMs }) => storedMs, 50).toFixed(3)} s)`,
    ),
    {
      what: 'asking for the plan, 95th percentile',
      goal: null,
      measured: `${seconds(({ planMs }) => planMs, 95).toFixed(3)} s`,
    },
  ];
  console.log(`Changes on ${machine()}, Temporal 1.32.0 with SQLite in memory on the same machine`);
  console.log(figureTable(figures));
  return figures.every(({ goal }) => goal?.isMet !== false);
}

if (import.meta.main) await runUntilSignal(async (signal) => ((await benchChanges(signal)) ? 0 : 1));
