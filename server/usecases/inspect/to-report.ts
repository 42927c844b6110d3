import type { RunFacts } from '#lib/domain/census/types.ts';
import { isInternalPatchId } from '#lib/domain/patches/internal-patch.ts';
import type { PatchKind, UnreadableReason } from '#lib/domain/patches/types.ts';

/** What `patchboard inspect --json` prints for one file, in this order of keys. */
export interface InspectReport {
  readonly file: string;
  readonly workflowId: string | null;
  readonly runId: string | null;
  readonly workflowType: string | null;
  /** As last recorded; each null when no worker of the run said it. */
  readonly sdk: { readonly name: string | null; readonly version: string | null };
  readonly patches: readonly ReportedPatch[];
  /** Values of TemporalChangeVersion, without those of the SDK's own patches. */
  readonly labels: readonly string[];
  readonly unreadable: readonly { readonly eventId: number; readonly reason: UnreadableReason }[];
  /** Build ids of the workers that took the run's workflow tasks, in order of first appearance. */
  readonly builds: readonly string[];
  readonly closed: boolean;
}

export interface ReportedPatch {
  readonly kind: PatchKind;
  readonly id: string;
  readonly deprecated: boolean | null;
  readonly version: number | null;
  readonly eventId: number;
  /** Of the worker whose task recorded the marker; null when it sent none. */
  readonly buildId: string | null;
}

export function toReport(file: string, facts: RunFacts): InspectReport {
  const buildByTask = new Map(facts.tasks.map((task) => [task.completedEventId, task.worker.buildId]));
  const builds = facts.tasks.map((task) => task.worker.buildId).filter((buildId) => buildId !== null);
  return {
    file,
    workflowId: facts.workflowId,
    runId: facts.runId,
    workflowType: facts.workflowType,
    sdk: { name: facts.sdkName, version: facts.sdkVersion },
    patches: facts.markers.map(({ kind, id, deprecated, version, eventId, workflowTaskCompletedEventId }) => ({
      kind,
      id,
      deprecated,
      version,
      eventId,
      buildId: buildByTask.get(workflowTaskCompletedEventId) ?? null,
    })),
    labels: facts.labels.filter((label) => !isInternalPatchId(label)),
    unreadable: facts.unreadable.map(({ eventId, reason }) => ({ eventId, reason })),
    builds: [...new Set(builds)],
    closed: facts.isClosed,
  };
}
