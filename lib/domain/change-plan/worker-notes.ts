import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import { planNote } from '#lib/domain/change-plan/plan-note.ts';
import type { PlanNote, QueueState } from '#lib/domain/change-plan/types.ts';
import {
  countWorkers,
  supersededPollers,
  takesRunsOf,
  unregisteredPollers,
  unversionedPollers,
} from '#lib/domain/task-queues/pollers.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { queueDefault } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** The default that the operation is about, when no worker polls for its runs; else null. */
export function unpolledDefault(
  { pollers }: Pick<QueueState, 'pollers'>,
  operation: VersionSetOperation,
  after: VersionSets,
): string | null {
  const next = affectedDefault(after, operation);
  return next === null || pollers.some((poller) => takesRunsOf(poller, next)) ? null : next;
}

/** Who is missing, who polls in vain after the change, and what is left to workers without version. */
export function workerNotes(state: QueueState, operation: VersionSetOperation, after: VersionSets): PlanNote[] {
  const missing = unpolledDefault(state, operation, after);
  return [
    ...(missing === null ? [] : [planNote('no-poller-for-new-default', missing, 0)]),
    ...perBuild('unregistered-pollers', unregisteredPollers(state.pollers, after)),
    ...perBuild('superseded-pollers', supersededPollers(state.pollers, after)),
    ...unversionedNotes(state, after),
  ];
}

function perBuild(code: 'unregistered-pollers' | 'superseded-pollers', pollers: readonly Poller[]): PlanNote[] {
  const byBuild = Map.groupBy(pollers, (poller) => poller.buildId ?? '');
  return Array.from(byBuild, ([buildId, group]) => planNote(code, buildId, countWorkers(group)));
}

/**
 * Runs that began without version stay so. What they start does not: without a version to inherit, children and continue-as-new begin
 * on the queue default (`MakeDirectiveForWorkflowTask`).
 */
function unversionedNotes({ unversionedOpenRuns, pollers }: QueueState, after: VersionSets): PlanNote[] {
  if (unversionedOpenRuns === 0) return [];
  const isServed = unversionedPollers(pollers).some((poller) => poller.taskKind === 'workflow');
  const code = isServed ? 'unversioned-runs-remain' : 'unversioned-runs-wait';
  return [planNote(code, queueDefault(after), unversionedOpenRuns)];
}
