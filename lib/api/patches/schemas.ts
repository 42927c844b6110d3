import { z } from 'zod';
import { listSchema, patchKindSchema, pictureSchema, timestampSchema } from '#lib/api/shared/schemas.ts';
import { briefAnswerSchema, verdictSchema } from '#lib/api/verdict/schemas.ts';

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

/** `ready-…` only while the newest asked answer is `safe`; `gone`: no open run carries it and nothing that writes it polls. */
export const stageSchema = z.enum([
  'introduced',
  'ready-to-deprecate',
  'deprecating',
  'ready-to-remove',
  'gone',
  'not-carried',
  'unknown',
]);
export type Stage = z.infer<typeof stageSchema>;

/** What somebody should look at although no question was asked. */
export const alarmSchema = z.object({
  code: z.enum(['nondeterminism', 'newest-stopped-writing', 'came-back']),
  count: z.int().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const patchItemSchema = z.object({
  kind: patchKindSchema,
  id: z.string(),
  stage: stageSchema,
  alarms: z.array(alarmSchema),
  totals: patchCountsSchema,
  workflowTypes: z.array(z.string()),
  /** One per question; a fresh asked answer before the picture's. */
  answers: z.array(briefAnswerSchema),
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
  stage: stageSchema,
  alarms: z.array(alarmSchema),
  totals: patchCountsSchema,
  byType: z.array(z.object({ workflowType: z.string(), counts: patchCountsSchema })),
  /** One per question that suits the kind; a fresh asked answer, else the picture's. */
  answers: z.array(verdictSchema),
  /** SDK of the newest run that carries it, e.g. `temporal-python`; null: not known. */
  sdkName: z.string().nullable(),
  firstSeen: timestampSchema.nullable(),
  lastSeen: timestampSchema.nullable(),
  picture: pictureSchema,
});
export type Patch = z.infer<typeof patchSchema>;
