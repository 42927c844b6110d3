import { z } from 'zod';
import {
  changeListSchema,
  changePlanRequestSchema,
  changePlanSchema,
  changeRequestSchema,
  changeSchema,
} from '#lib/api/changes/schemas.ts';
import { patchKindSchema, patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import { limitSchema, nameSchema } from '#lib/api/shared/schemas.ts';
import { namespaceListSchema, statusSchema } from '#lib/api/status/schemas.ts';
import { taskQueueListSchema, taskQueueSchema } from '#lib/api/task-queues/schemas.ts';
import type { ApiRoute } from '#server/http/api-route.ts';

const namespace = z.object({ namespace: nameSchema });
const page = namespace.extend({ limit: limitSchema, cursor: z.string().max(4000).optional() });
const nothing = z.undefined();

function read<Q extends z.ZodType, R extends z.ZodType>(path: string, summary: string, query: Q, result: R) {
  return {
    method: 'GET',
    path: `/api/v1${path}`,
    access: 'read',
    summary,
    query,
    body: nothing,
    result,
  } as const satisfies ApiRoute<Q, typeof nothing, R>;
}

function change<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  path: string,
  summary: string,
  query: Q,
  body: B,
  result: R,
) {
  return {
    method: 'POST',
    path: `/api/v1${path}`,
    access: 'mutate',
    summary,
    query,
    body,
    result,
  } as const satisfies ApiRoute<Q, B, R>;
}

/** Every route under /api/v1 except the document itself. */
export const apiRoutes = {
  listNamespaces: read(
    '/namespaces',
    'Namespaces that Patchboard shows, and the default one',
    z.object({}),
    namespaceListSchema,
  ),
  getStatus: read(
    '/status',
    'Server version, API families, budgets and the age of the picture',
    namespace,
    statusSchema,
  ),
  listTaskQueues: read('/task-queues', 'Task queues of open runs and of memory', page, taskQueueListSchema),
  getTaskQueue: read(
    '/task-queue',
    'Version sets, open runs and pollers of one task queue',
    namespace.extend({ name: nameSchema }),
    taskQueueSchema,
  ),
  listPatches: read('/patches', 'Patches of open runs and of memory', page, patchListSchema),
  getPatch: read(
    '/patch',
    'One patch: counts per workflow type and the answers',
    namespace.extend({ kind: patchKindSchema, id: nameSchema }),
    patchSchema,
  ),
  planChange: change(
    '/change-plans',
    'Plan a change of version sets; valid for five minutes',
    namespace,
    changePlanRequestSchema,
    changePlanSchema,
  ),
  applyChange: change(
    '/changes',
    'Apply a plan: one write attempt, then read back',
    namespace,
    changeRequestSchema,
    changeSchema,
  ),
  listChanges: read('/changes', 'Changes made by this process, newest first', namespace, changeListSchema),
  getChange: read(
    '/changes/{id}',
    'One change and what is known of it',
    namespace.extend({ id: nameSchema }),
    changeSchema,
  ),
} as const;
