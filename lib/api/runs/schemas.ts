import { z } from 'zod';
import { patchKindSchema, timestampSchema } from '#lib/api/shared/schemas.ts';

const closedStatusSchema = z.enum(['completed', 'failed', 'canceled', 'terminated', 'timed-out', 'continued-as-new']);

const unreadableReasonSchema = z.enum([
  'encrypted-or-encoded',
  'not-json',
  'details-missing',
  'id-missing',
  'deprecated-missing',
  'version-missing',
]);

/** Who did it: the worker that completed the workflow task, or started the one that failed. */
const authorSchema = z.object({
  /** null: the worker sent none. */
  buildId: z.string().nullable(),
  /** True: in a version set, unless it has a deployment version. */
  useVersioning: z.boolean(),
  deploymentVersion: z.string().nullable(),
  /** Worker identities, the first few. */
  identities: z.array(z.string()).readonly(),
  hasMoreIdentities: z.boolean(),
  sdkName: z.string().nullable(),
  sdkVersion: z.string().nullable(),
});
export type Author = z.infer<typeof authorSchema>;

const lensFactSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    workflowType: z.string(),
    taskQueue: z.string(),
    continuedFromRunId: z.string().nullable(),
    parent: z.object({ namespace: z.string(), workflowId: z.string(), runId: z.string() }).nullable(),
    /** The build in whose version set it began; null: on the queue's default, or unversioned. */
    inheritedBuildId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('tasks-completed') }),
  z.object({ kind: z.literal('task-running') }),
  z.object({
    kind: z.literal('task-failed'),
    cause: z.string(),
    /** At most 500 characters. */
    message: z.string(),
    isNondeterminism: z.boolean(),
  }),
  z.object({ kind: z.literal('task-timed-out'), timeout: z.string() }),
  z.object({
    kind: z.literal('patch'),
    patch: z.object({ kind: patchKindSchema, id: z.string() }),
    deprecated: z.boolean().nullable(),
    version: z.number().nullable(),
  }),
  z.object({ kind: z.literal('unreadable-marker'), reason: unreadableReasonSchema }),
  z.object({
    kind: z.literal('labels'),
    added: z.array(z.string()).readonly(),
    /** Values in the list afterwards; null: the list cannot be read. */
    total: z.int().nullable(),
  }),
  z.object({ kind: z.literal('reset'), fromRunId: z.string().nullable(), newRunId: z.string() }),
  z.object({ kind: z.literal('override'), to: z.string().nullable() }),
  z.object({ kind: z.literal('pinned'), to: z.string().nullable() }),
  z.object({
    kind: z.literal('leaves-build'),
    command: z.enum(['activity', 'child-workflow']),
    name: z.string(),
    taskQueue: z.string(),
  }),
  z.object({
    kind: z.literal('closed'),
    status: closedStatusSchema,
    newRunId: z.string().nullable(),
    isByReset: z.boolean(),
    leavesBuild: z.boolean(),
  }),
]);

/** One line of a run seen through the version lens: one event, or a stretch of equal ones. */
const lensEntrySchema = z.object({
  eventId: z.int(),
  lastEventId: z.int(),
  time: timestampSchema,
  lastTime: timestampSchema,
  /** Events that it stands for. */
  count: z.int().positive(),
  author: authorSchema.nullable(),
  fact: lensFactSchema,
});
export type LensEntryItem = z.infer<typeof lensEntrySchema>;

const recordedPatchSchema = z.object({
  patch: z.object({ kind: patchKindSchema, id: z.string() }),
  deprecated: z.boolean().nullable(),
  version: z.number().nullable(),
  eventId: z.int(),
  /** Whether the run's labels name it: visibility finds the run by them. */
  isLabelled: z.boolean(),
});
export type RecordedPatch = z.infer<typeof recordedPatchSchema>;

/** `GET /run`: one history through the version lens. */
export const runSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  workflowType: z.string().nullable(),
  taskQueue: z.string().nullable(),
  asOf: timestampSchema,
  /** null: reading was cut before the end of the history, so whether the run is open is not known. */
  status: z.enum(['open', ...closedStatusSchema.options]).nullable(),
  startTime: timestampSchema.nullable(),
  closeTime: timestampSchema.nullable(),
  /** The latest end by the run's timeouts; null: never by itself, or not read. */
  endsBy: timestampSchema.nullable(),
  /** The run that follows a closed one; null: none, or not recorded. */
  nextRunId: z.string().nullable(),
  /** True: terminated because somebody reset it; the newest run of the workflow id goes on. */
  isByReset: z.boolean(),
  /** Who completed the newest workflow task; null: nobody yet. */
  lastWorker: authorSchema.nullable(),
  lastTaskTime: timestampSchema.nullable(),
  pinnedTo: z.string().nullable(),
  versioningOverride: z.string().nullable(),
  /** In order of recording, at most 1,000; `patchCount` has them all. */
  patches: z.array(recordedPatchSchema),
  patchCount: z.int().nonnegative(),
  unreadableMarkers: z.int().nonnegative(),
  /** Values of TemporalChangeVersion, at most 1,000; `labelCount` has them all. */
  labels: z.array(z.string()),
  labelCount: z.int().nonnegative(),
  /** The newest failure by nondeterminism since the last completed task; null: none. */
  nondeterminism: z.object({ message: z.string(), time: timestampSchema }).nullable(),
  eventsRead: z.int().nonnegative(),
  /** Why reading ended before the history did; null: it was read whole. */
  cut: z.enum(['events', 'time']).nullable(),
  /** Oldest first. */
  entries: z.array(lensEntrySchema),
  /** Entries of the middle that were left out of a very long list; null: none. */
  omitted: z.object({ count: z.int(), afterEventId: z.int() }).nullable(),
});
export type Run = z.infer<typeof runSchema>;
