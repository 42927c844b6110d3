import { z } from 'zod';
import { listSchema, pictureSchema, timestampSchema } from '#lib/api/shared/schemas.ts';

export const taskQueueItemSchema = z.object({
  name: z.string(),
  /** Open runs the newest pass saw on this queue; 0 with a finished pass means none. Null before the first pass. */
  openRuns: z.int().nonnegative().nullable(),
  /** Open runs by build they were touched by. Unversioned runs count under their build with `isVersioned` false. */
  builds: z.array(
    z.object({
      buildId: z.string(),
      isVersioned: z.boolean(),
      openRuns: z.int(),
      oldestOpenStart: timestampSchema.nullable(),
    }),
  ),
  oldestOpenStart: timestampSchema.nullable(),
  /** When Patchboard first and last saw the queue in a run or by name. */
  firstSeen: timestampSchema,
  lastSeen: timestampSchema,
});
export type TaskQueueItem = z.infer<typeof taskQueueItemSchema>;
export const taskQueueListSchema = listSchema(taskQueueItemSchema);
export type TaskQueueList = z.infer<typeof taskQueueListSchema>;

export const pollerSchema = z.object({
  identity: z.string(),
  taskKind: z.enum(['workflow', 'activity']),
  lastPollAt: timestampSchema,
  buildId: z.string().nullable(),
  useVersioning: z.boolean(),
  deploymentVersion: z.string().nullable(),
});
export type PollerItem = z.infer<typeof pollerSchema>;

export const buildIdSchema = z.object({
  buildId: z.string(),
  isSetDefault: z.boolean(),
  /** Open runs with `versioned:<id>` in BuildIds: touched by this build (the list only grows). Null: not known. */
  openRunsTouched: z.int().nonnegative().nullable(),
  oldestOpenStart: timestampSchema.nullable(),
  pollers: z.int().nonnegative(),
  lastPollAt: timestampSchema.nullable(),
  /** The server's own reachability; null: not asked. */
  reachability: z.array(z.string()).nullable(),
});
export type BuildIdItem = z.infer<typeof buildIdSchema>;

export const versionSetSchema = z.object({
  isQueueDefault: z.boolean(),
  /** Exact: open runs of this queue that any build of the set touched. Null: not known. */
  openRuns: z.int().nonnegative().nullable(),
  buildIds: z.array(buildIdSchema),
});
export type VersionSetItem = z.infer<typeof versionSetSchema>;

export const taskQueueSchema = z.object({
  name: z.string(),
  asOf: timestampSchema,
  /** `v1:` + SHA-256 (hex) of the canonical sets. */
  digest: z.string(),
  /** Queue default first; build IDs inside a set oldest first, set default last. */
  versionSets: z.array(versionSetSchema),
  unversioned: z.object({
    openRuns: z.int().nonnegative().nullable(),
    pollers: z.int().nonnegative(),
    lastPollAt: timestampSchema.nullable(),
    /** Workers that poll with versioning on and an id that is in no set: they get nothing. */
    unregistered: z.array(pollerSchema),
  }),
  pollers: z.array(pollerSchema),
  /** Whether the version-set API is on for this namespace; off: `versionSets` is empty and this says so. */
  family: z.enum(['on', 'off', 'unknown']),
  picture: pictureSchema,
});
export type TaskQueue = z.infer<typeof taskQueueSchema>;
