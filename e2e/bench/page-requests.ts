import type { z } from 'zod';
import { changeListSchema } from '#lib/api/changes/schemas.ts';
import { patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import { statusSchema } from '#lib/api/status/schemas.ts';
import { taskQueueListSchema, taskQueueSchema } from '#lib/api/task-queues/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { api } from '#lib/routes.ts';
import { atMost, type Figure, rounded } from './figures.ts';
import { percentile } from './percentile.ts';

const REQUESTS = 200;
/** Unmeasured: the connection, the compiler, and tallies that are made once for a picture. */
const WARM_UP = 20;
const P95_GOAL_MS = 50;

interface PageRequest {
  readonly path: string;
  /** Throws for an answer of another shape: a quick refusal must not count as a quick page. */
  readonly schema: z.ZodType;
}

export interface PagesOf {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly patch: PatchRef;
}

/** What the pages ask for, with the addresses that they use themselves. */
function requestsOf({ namespace, taskQueue, patch }: PagesOf): readonly PageRequest[] {
  return [
    { path: api.status(namespace), schema: statusSchema },
    { path: api.taskQueues(namespace), schema: taskQueueListSchema },
    { path: api.taskQueue(namespace, taskQueue), schema: taskQueueSchema },
    { path: api.patches(namespace), schema: patchListSchema },
    { path: api.patch(namespace, patch), schema: patchSchema },
    { path: api.changes(namespace), schema: changeListSchema },
  ];
}

/** Times each page's JSON, one request after another on a connection that stays open, to the last byte of the body. */
export async function measurePages(url: string, pages: PagesOf): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { path, schema } of requestsOf(pages)) {
    const address = `${url}${path}`;
    for (let count = 0; count < WARM_UP; count += 1) schema.parse(JSON.parse(await answerOf(address)));
    const tookMs: number[] = [];
    let body = '';
    for (let count = 0; count < REQUESTS; count += 1) {
      const began = performance.now();
      body = await answerOf(address);
      tookMs.push(performance.now() - began);
    }
    const median = rounded(percentile(tookMs, 50));
    const kb = (Buffer.byteLength(body) / 1024).toFixed(1);
    const name = path.split('?')[0] ?? path;
    const detail = ` (median ${median} ms, ${kb} kB)`;
    figures.push(atMost(`${name}, 95th percentile of ${REQUESTS}`, percentile(tookMs, 95), P95_GOAL_MS, 'ms', detail));
  }
  return figures;
}

async function answerOf(address: string): Promise<string> {
  const response = await fetch(address);
  const body = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${body.slice(0, 500)}`);
  return body;
}
