import { z } from 'zod';
import { timestampSchema } from '#lib/api/shared/schemas.ts';

/** Temporal's `limit.workerBuildIdSize`: 255 bytes of UTF-8, checked where a build ID enters. */
export const BUILD_ID_MAX_BYTES = 255;

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

export const changePlanRequestSchema = z.strictObject({
  taskQueue: z.string().min(1),
  operation: operationSchema,
  reason: z.string().max(2000).default(''),
});
export type ChangePlanRequest = z.infer<typeof changePlanRequestSchema>;

const setsSchema = z.array(z.object({ buildIds: z.array(z.string()) }));

/** Consequences and risks as codes; words live in one table (`lib/format/plan-words.ts`). */
const planNoteSchema = z.object({
  code: z.enum([
    'new-runs-go-to',
    'new-runs-stay',
    'open-runs-move',
    'open-runs-stay',
    'no-poller-for-new-default',
    'unregistered-pollers',
    'unversioned-runs-remain',
    'merged-order-open',
    'over-default-limit',
    'no-change',
  ]),
  buildId: z.string().nullable(),
  /** Runs or pollers concerned; null: not known. */
  count: z.int().nullable(),
});

export const changePlanSchema = z.object({
  id: z.string(),
  taskQueue: z.string(),
  operation: operationSchema,
  reason: z.string(),
  /** Digest of `before`, which must still hold when the change is applied. */
  digest: z.string(),
  /** Server order: oldest first, queue default last; inside a set the default is last. */
  before: setsSchema,
  after: setsSchema,
  notes: z.array(planNoteSchema),
  /** True: Temporal already has the wished state, applying is a no-op success. */
  isAlreadySo: z.boolean(),
  expiresAt: timestampSchema,
});
export type ChangePlan = z.infer<typeof changePlanSchema>;

export const changeRequestSchema = z.strictObject({ planId: z.string().min(1), confirm: z.literal(true) });

/** `stored` (read-back agrees) and `takenUp` (a poller of the new default polled after the write) are two facts. */
export const changeSchema = z.object({
  id: z.string(),
  planId: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  operation: operationSchema,
  reason: z.string(),
  actor: z.string(),
  outcome: z
    .enum(['verified', 'already-so', 'refused', 'conflict', 'superseded', 'not-applied', 'unconfirmed'])
    .nullable(),
  /** What was seen, in words; for `refused` Temporal's own message. */
  message: z.string(),
  stored: z.object({ is: z.boolean().nullable(), at: timestampSchema.nullable() }),
  takenUp: z.object({ is: z.boolean().nullable(), at: timestampSchema.nullable(), buildId: z.string().nullable() }),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  after: setsSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;
export const changeListSchema = z.object({
  items: z.array(changeSchema),
  nextCursor: z.string().nullable(),
  asOf: timestampSchema,
});
