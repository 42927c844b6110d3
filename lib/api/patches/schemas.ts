import { z } from 'zod';
import { listSchema, pictureSchema, timestampSchema } from '#lib/api/shared/schemas.ts';

export const patchKindSchema = z.enum(['core', 'version']);
const questionSchema = z.enum(['deprecate', 'remove', 'raise-min', 'drop-call']);

/** Open runs of one workflow type, by what their histories say of one patch. */
export const patchCountsSchema = z.object({
  openRuns: z.int(),
  /** core: deprecated:false marker. */
  live: z.int(),
  /** core: deprecated:true marker. */
  deprecated: z.int(),
  /** version: runs by recorded version. */
  versions: z.array(z.object({ version: z.int(), openRuns: z.int() })),
  withoutMarker: z.int(),
  /** A marker of the run could not be decoded: it may be this patch. */
  unreadable: z.int(),
  /** History not read yet. */
  notRead: z.int(),
  oldestOpenStart: timestampSchema.nullable(),
});
export type PatchCounts = z.infer<typeof patchCountsSchema>;

export const reasonSchema = z.object({
  code: z.string(),
  count: z.int().nullable(),
  /** Oldest first, at most 20. */
  examples: z.array(
    z.object({
      workflowId: z.string(),
      runId: z.string(),
      workflowType: z.string().nullable(),
      taskQueue: z.string().nullable(),
      buildId: z.string().nullable(),
      startTime: timestampSchema.nullable(),
      endsBy: timestampSchema.nullable(),
    }),
  ),
});
export type Reason = z.infer<typeof reasonSchema>;

export const answerSchema = z.object({
  question: questionSchema,
  min: z.int().nullable(),
  answer: z.enum(['safe', 'blocked', 'unknown']),
  reasons: z.array(reasonSchema),
  evidence: z.object({
    from: timestampSchema.nullable(),
    to: timestampSchema.nullable(),
    policy: z.enum(['open', 'retention']),
    historiesRead: z.int(),
    runsConsidered: z.int(),
  }),
});
export type Answer = z.infer<typeof answerSchema>;

export const patchItemSchema = z.object({
  kind: patchKindSchema,
  id: z.string(),
  totals: patchCountsSchema,
  workflowTypes: z.array(z.string()),
  answers: z.array(answerSchema.pick({ question: true, min: true, answer: true })),
  firstSeen: timestampSchema,
  lastSeen: timestampSchema,
});
export type PatchItem = z.infer<typeof patchItemSchema>;
export const patchListSchema = listSchema(patchItemSchema);
export type PatchList = z.infer<typeof patchListSchema>;

export const patchSchema = z.object({
  kind: patchKindSchema,
  id: z.string(),
  /** False: no open or remembered run carries this id; a typing error must not read as safe. */
  isSeen: z.boolean(),
  totals: patchCountsSchema,
  byType: z.array(z.object({ workflowType: z.string(), counts: patchCountsSchema })),
  answers: z.array(answerSchema),
  firstSeen: timestampSchema.nullable(),
  lastSeen: timestampSchema.nullable(),
  picture: pictureSchema,
});
export type Patch = z.infer<typeof patchSchema>;
