import { z } from 'zod';
import {
  changeDetailSchema,
  changeItemDetailSchema,
  changeListSchema,
  changePlanRequestSchema,
  changePlanSchema,
  changeRequestSchema,
  whatIfRequestSchema,
  whatIfSchema,
} from '#lib/api/changes/schemas.ts';
import {
  declarationListSchema,
  declarationSchema,
  declareRequestSchema,
  withdrawRequestSchema,
} from '#lib/api/declarations/schemas.ts';
import { patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import { runSchema } from '#lib/api/runs/schemas.ts';
import { limitSchema, nameSchema, patchKindSchema } from '#lib/api/shared/schemas.ts';
import { namespaceListSchema, statusSchema } from '#lib/api/status/schemas.ts';
import { taskQueueListSchema, taskQueueSchema } from '#lib/api/task-queues/schemas.ts';
import {
  askRequestSchema,
  policySchema,
  questionSchema,
  storedVerdictSchema,
  verdictJobSchema,
  verdictOrJobSchema,
} from '#lib/api/verdict/schemas.ts';
import type { ApiRoute, RouteAnswer } from '#server/http/api-route.ts';

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

function ask<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  path: string,
  summary: string,
  query: Q,
  body: B,
  result: R,
) {
  return { ...change(path, summary, query, body, result), access: 'ask' } as const satisfies ApiRoute<Q, B, R>;
}

const gathering: RouteAnswer = {
  description: 'The question is being answered; the same one asked again joins it',
  schema: verdictJobSchema,
  location: 'The question, to be read until its state is no longer `gathering`',
};

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
  getRun: read(
    '/run',
    'One run through the version lens; without runId the newest run of the workflow id',
    namespace.extend({ workflowId: nameSchema, runId: z.string().max(1000).default('') }),
    runSchema,
  ),
  getVerdict: {
    ...read(
      '/verdict',
      'The newest stored answer and whether it still holds; without one the question is asked',
      namespace.extend({
        kind: patchKindSchema,
        id: nameSchema,
        question: questionSchema,
        min: z.coerce.number().int().min(-1).max(1_000_000_000).nullable().default(null),
        workflowType: askRequestSchema.shape.workflowType,
        policy: policySchema.default('open'),
      }),
      verdictOrJobSchema,
    ),
    answers: { 200: { description: 'A stored answer', schema: storedVerdictSchema }, 202: gathering },
  },
  askVerdict: {
    ...ask('/verdicts', 'Ask whether code may go', namespace, askRequestSchema, verdictJobSchema),
    answers: { 202: gathering },
  },
  getVerdictJob: read(
    '/verdicts/{id}',
    'A question that is being answered, or was within half an hour',
    namespace.extend({ id: nameSchema }),
    verdictJobSchema,
  ),
  stopVerdictJob: ask(
    '/verdicts/{id}/stop',
    'Stop answering a question; one that has ended stays as it is',
    namespace.extend({ id: nameSchema }),
    z.strictObject({}),
    verdictJobSchema,
  ),
  planChange: change(
    '/change-plans',
    'Plan a change of version sets; valid for five minutes',
    namespace,
    changePlanRequestSchema,
    changePlanSchema,
  ),
  whatIf: ask(
    '/what-ifs',
    'What several operations in a row would do, none of them applied',
    namespace,
    whatIfRequestSchema,
    whatIfSchema,
  ),
  applyChange: {
    ...change(
      '/changes',
      'Apply a plan: the intent is recorded, one write attempt, then read back',
      namespace,
      changeRequestSchema,
      changeDetailSchema,
    ),
    answers: {
      200: { description: 'The change as it ended', schema: changeDetailSchema },
      202: { description: 'Still settling: read the change until its outcome is known', schema: changeDetailSchema },
    },
  },
  listChanges: read(
    '/changes',
    'Changes by Patchboard and outside of it, newest first',
    page.extend({ taskQueue: nameSchema.optional() }),
    changeListSchema,
  ),
  getChange: read(
    '/changes/{id}',
    'One change, its plan and what is known of it; or one that happened outside',
    namespace.extend({ id: nameSchema }),
    changeItemDetailSchema,
  ),
  listDeclarations: read(
    '/declarations',
    'Declared facts that answers rest on, withdrawn ones too, newest first',
    namespace,
    declarationListSchema,
  ),
  declareFact: change(
    '/declarations',
    'Declare what Temporal cannot tell; an equal standing declaration is given as it is',
    namespace,
    declareRequestSchema,
    declarationSchema,
  ),
  withdrawFact: change(
    '/declarations/withdraw',
    'Take a declaration back; it stays in the list with who and when',
    namespace,
    withdrawRequestSchema,
    declarationSchema,
  ),
} as const;
