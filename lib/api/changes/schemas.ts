import { z } from 'zod';
import { patchRefSchema, timestampSchema } from '#lib/api/shared/schemas.ts';
import { answerWordSchema, questionSchema } from '#lib/api/verdict/schemas.ts';

/** Temporal's `limit.workerBuildIdSize`: 255 bytes of UTF-8, checked where a build ID enters. */
export const BUILD_ID_MAX_BYTES = 255;

/** Characters of a reason. */
export const REASON_MAX = 2000;

/** Operations that one what-if takes. */
export const WHAT_IF_STEPS_MAX = 10;

const buildId = z
  .string()
  .min(1, 'a build ID is needed')
  .refine(
    (id) => new TextEncoder().encode(id).length <= BUILD_ID_MAX_BYTES,
    `a build ID has at most ${BUILD_ID_MAX_BYTES} bytes`,
  );

export const operationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add-new-default'), buildId }),
  z.strictObject({
    kind: z.literal('add-new-compatible'),
    newBuildId: buildId,
    existingBuildId: buildId,
    asQueueDefault: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('promote-set'), buildId }),
  z.strictObject({ kind: z.literal('promote-within-set'), buildId }),
  z.strictObject({ kind: z.literal('merge-sets'), primaryBuildId: buildId, secondaryBuildId: buildId }),
]);

/** What a plan may be asked for: an operation, or the taking back of a change (one step of it at a time). */
export const wishSchema = z.union([operationSchema, z.strictObject({ undoOf: z.string().min(1) })]);
export type ChangeWish = z.infer<typeof wishSchema>;

export const changePlanRequestSchema = z.strictObject({
  taskQueue: z.string().min(1),
  operation: wishSchema,
  reason: z.string().max(REASON_MAX).default(''),
});
export type ChangePlanRequest = z.infer<typeof changePlanRequestSchema>;

/** Server order: oldest first, queue default last; inside a set the default is last. */
export const setsSchema = z.array(z.object({ buildIds: z.array(z.string()) }));

/** Consequences and risks as codes; words live in one table (`lib/format/plan-words.ts`). */
const planNoteSchema = z.object({
  code: z.enum([
    'new-runs-go-to',
    'new-runs-stay',
    'started-work',
    'open-runs-move',
    'open-runs-stay',
    'no-poller-for-new-default',
    'unregistered-pollers',
    'superseded-pollers',
    'unversioned-runs-remain',
    'unversioned-runs-wait',
    'rules-lost',
    'rules-not-known',
    'merged-order-open',
    'over-default-limit',
    'no-change',
  ]),
  buildId: z.string().nullable(),
  /** Runs or pollers concerned; null: not known. */
  count: z.int().nullable(),
});

/** Whether a change can be taken back: the operations that do, in their order, and what they leave behind. */
const undoSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('operations'),
    operations: z.array(operationSchema),
    leaves: z.enum(['nothing', 'new-set', 'new-build']),
  }),
  z.object({ kind: z.literal('none'), why: z.enum(['merged', 'was-unversioned', 'no-change']) }),
]);

/** What one operation makes of a queue. */
const previewSchema = z.object({
  operation: operationSchema,
  /** Digest of `before`. */
  digest: z.string(),
  before: setsSchema,
  after: setsSchema,
  notes: z.array(planNoteSchema),
  /** True: Temporal already has the wished state, applying is a no-op success. */
  isAlreadySo: z.boolean(),
  /** How much the queue would hold of what servers allow by default. */
  limits: z.array(
    z.object({ limit: z.enum(['sets', 'build-ids', 'task-queues-of-build-id']), holds: z.int(), allows: z.int() }),
  ),
  undo: undoSchema,
  /** The build ID to be typed before the change is applied: it would be left a default that no worker polls with. */
  mustConfirm: z.string().nullable(),
});

export const changePlanSchema = previewSchema.extend({
  id: z.string(),
  taskQueue: z.string(),
  reason: z.string(),
  /** The change that this one takes back. */
  undoOf: z.string().nullable(),
  /** The server's own reachability of the build IDs whose part changes (GetWorkerTaskReachability); null: not to be had. */
  reachability: z.array(z.object({ buildId: z.string(), reachability: z.array(z.string()) })).nullable(),
  /** Answers about patches that rest on the routing as it was before. */
  answers: z.array(
    z.object({ patch: patchRefSchema, question: questionSchema, min: z.int().nullable(), answer: answerWordSchema }),
  ),
  expiresAt: timestampSchema,
});
export type ChangePlan = z.infer<typeof changePlanSchema>;

export const whatIfRequestSchema = z.strictObject({
  taskQueue: z.string().min(1),
  operations: z.array(operationSchema).min(1).max(WHAT_IF_STEPS_MAX),
});
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;

/** Several operations in a row, none of them applied. Steps end at the first that Temporal would refuse. */
export const whatIfSchema = z.object({
  taskQueue: z.string(),
  asOf: timestampSchema,
  steps: z.array(previewSchema),
  refused: z.object({ operation: operationSchema, message: z.string() }).nullable(),
});
export type WhatIf = z.infer<typeof whatIfSchema>;

/** `confirm` is the build ID of the plan's `mustConfirm`, typed; `true` where that is null. */
export const changeRequestSchema = z.strictObject({
  planId: z.string().min(1),
  confirm: z.union([z.literal(true), z.string().min(1)]),
});

export const outcomeSchema = z.enum([
  'verified',
  'already-so',
  'refused',
  'conflict',
  'superseded',
  'not-applied',
  'unconfirmed',
]);

/** `stored` (read-back agrees) and `takenUp` (a poller of the new default polled after the write) are two facts. */
export const changeSchema = z.object({
  kind: z.literal('change'),
  id: z.string(),
  planId: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  operation: operationSchema,
  reason: z.string(),
  /** Not authenticated until sign-in exists. */
  actor: z.string(),
  undoOf: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  /** What was seen, in words; for `refused` Temporal's own message. */
  message: z.string(),
  stored: z.object({ is: z.boolean().nullable(), at: timestampSchema.nullable() }),
  takenUp: z.object({ is: z.boolean().nullable(), at: timestampSchema.nullable(), buildId: z.string().nullable() }),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  /** The sets that the plan was made on. */
  before: setsSchema,
  /** The sets as last read for this change; null: not read. */
  after: setsSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** One change with the plan it was applied from. */
export const changeDetailSchema = changeSchema.extend({ plan: changePlanSchema });
export type ChangeDetail = z.infer<typeof changeDetailSchema>;

/** The sets changed and no change of Patchboard explains it. */
export const outsideChangeSchema = z.object({
  kind: z.literal('outside'),
  id: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  /** It happened between these: the last reading of `before`, and the first of `after`. */
  from: timestampSchema,
  to: timestampSchema,
  before: setsSchema,
  after: setsSchema,
});
export type OutsideChange = z.infer<typeof outsideChangeSchema>;

export const changeItemSchema = z.discriminatedUnion('kind', [changeSchema, outsideChangeSchema]);
export type ChangeItem = z.infer<typeof changeItemSchema>;

/** One item of the history by its id: a change with its plan, or what happened outside. */
export const changeItemDetailSchema = z.discriminatedUnion('kind', [changeDetailSchema, outsideChangeSchema]);
export type ChangeItemDetail = z.infer<typeof changeItemDetailSchema>;

export const changeListSchema = z.object({
  items: z.array(changeItemSchema),
  nextCursor: z.string().nullable(),
  asOf: timestampSchema,
});
