import { z } from 'zod';

/** What `e2e/guide/client.py` prints, checked as it is read. */
export const startedRuns = z.object({ runs: z.array(z.object({ workflowId: z.string(), runId: z.string() })) });

/** Answer of a command that only does something. */
export const done = z.record(z.string(), z.string());

/** The server's order: the queue's default set last, in each set its default build last. */
export const versionSets = z.object({ versionSets: z.array(z.object({ buildIds: z.array(z.string()) })) });

/** Open runs only, except `closedRuns`; a patch keeps its row when its last run closed. */
export const runCounts = z.object({
  openRuns: z.int(),
  closedRuns: z.int(),
  byPatch: z.array(
    z.object({
      workflowType: z.string(),
      patchId: z.string(),
      live: z.int(),
      deprecated: z.int(),
      withoutMarker: z.int(),
    }),
  ),
  byBuild: z.array(z.object({ taskQueue: z.string(), buildId: z.string(), openRuns: z.int() })),
});

export type StartedRun = z.infer<typeof startedRuns>['runs'][number];
export type VersionSetsAnswer = z.infer<typeof versionSets>;
export type RunCounts = z.infer<typeof runCounts>;
