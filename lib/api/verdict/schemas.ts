import { z } from 'zod';
import { answerSchema, patchKindSchema } from '#lib/api/patches/schemas.ts';
import { timestampSchema } from '#lib/api/shared/schemas.ts';

const classesSchema = z.object({
  unknown: z.int(),
  'no-task-yet': z.int(),
  'marker-live': z.int(),
  'marker-deprecated': z.int(),
  'version-refused': z.int(),
  'version-kept': z.int(),
  'may-hold-old-branch': z.int(),
  'not-judged': z.int(),
});

/** One verdict in full: the answer of the pages, and what only a question asked by itself gathers. */
const verdictSchema = answerSchema.extend({
  /** Runs considered, by class. */
  classes: classesSchema,
  /** When the blocking runs end by their timeouts; null when nothing blocks. */
  wait: z.object({ latestEnd: timestampSchema.nullable(), endlessRuns: z.int() }).nullable(),
  /** True: reading ended soon after the first blocking run, so counts are at least these. */
  isStoppedAtBlocker: z.boolean(),
  /** Visibility and history calls. */
  calls: z.int(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What `patchboard check --json` prints. */
export const checkSchema = verdictSchema.extend({
  patch: z.object({ kind: patchKindSchema, id: z.string() }),
  workflowType: z.string().nullable(),
  byNamespace: z.array(verdictSchema.extend({ namespace: z.string() })),
});
export type Check = z.infer<typeof checkSchema>;
