import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import { type PatchQuestion, patchKindOf } from '#lib/domain/verdict/question.ts';
import { isTrusted, type Trust } from '#lib/domain/verdict/trust.ts';
import type { RunClass } from '#lib/domain/verdict/types.ts';

/** SDKs in which a run that once got `false` from `patched` keeps it; TypeScript may turn to `true` later in the same run. */
const SDKS_THAT_KEEP_FALSE: ReadonlySet<string | null> = new Set([
  'temporal-python',
  'temporal-dotnet',
  'temporal-ruby',
]);

export interface ClassifiedRun {
  readonly class: RunClass;
  /** The task that decided: the marker's writer, or the first one that may have taken the old branch. */
  readonly task: TaskFact | null;
}

/** The patch's own markers in a history, by kind and id. */
export function markersOf(facts: RunFacts, question: PatchQuestion, patchId: string): readonly PatchMarker[] {
  if (facts.markers.length === 0) return [];
  const kind = patchKindOf(question.name);
  return facts.markers.filter((marker) => marker.kind === kind && marker.id === patchId);
}

/** The class of one open run of a type that uses the patch: the first that matches. Labels and build lists play no part. */
export function classifyRun(
  facts: RunFacts | null,
  question: PatchQuestion,
  patchId: string,
  trust: Trust,
): ClassifiedRun {
  if (facts === null || facts.unreadable.length > 0) return of('unknown');
  const markers = markersOf(facts, question, patchId);
  const [first] = markers;
  if (first === undefined) return classifyUnmarked(facts, question, trust);
  if (markers.some((marker) => marker.deprecated === null && marker.version === null)) return of('unknown');
  // A run holds one marker per patch; should it hold more, the one that hinders the change decides.
  const deciding = markers.find((marker) => hinders(classOfMarker(marker, question))) ?? first;
  const task = facts.tasks.find((task) => task.completedEventId === deciding.workflowTaskCompletedEventId) ?? null;
  if (question.name === 'deprecate' && mayHoldBothBranches(facts, deciding)) return of('not-judged', task);
  return of(classOfMarker(deciding, question), task);
}

function of(runClass: RunClass, task: TaskFact | null = null): ClassifiedRun {
  return { class: runClass, task };
}

function classOfMarker(marker: PatchMarker, question: PatchQuestion): RunClass {
  switch (question.name) {
    case 'deprecate':
    case 'remove':
      return marker.deprecated === true ? 'marker-deprecated' : 'marker-live';
    case 'raise-min':
      return marker.version !== null && marker.version >= question.version ? 'version-kept' : 'version-refused';
    case 'drop-call':
      return marker.version === question.version ? 'version-kept' : 'version-refused';
  }
}

function hinders(runClass: RunClass): boolean {
  return runClass === 'marker-live' || runClass === 'version-refused';
}

/** TypeScript's (or an unknown SDK's) run may have taken the old branch in a task before the one that wrote the marker. */
function mayHoldBothBranches(facts: RunFacts, marker: PatchMarker): boolean {
  const isMarkersOwn = (task: TaskFact) => task.completedEventId === marker.workflowTaskCompletedEventId;
  const written = facts.tasks.findIndex(isMarkersOwn);
  if (written === 0) return false;
  const untilMarker = written === -1 ? facts.tasks : facts.tasks.slice(0, written + 1);
  return untilMarker.some((task) => !SDKS_THAT_KEEP_FALSE.has(task.sdkName));
}

/**
 * A run without the marker. Asked before the old branch goes: an identity that is not trusted cannot be a holder, so what it
 * worked on may be on the old branch. When a trusted one completed the last task the run may have survived (a deprecator
 * replayed it): rules about trusted identities are not built, nor those for the other questions.
 */
function classifyUnmarked(facts: RunFacts, question: PatchQuestion, trust: Trust): ClassifiedRun {
  if (facts.tasks.length === 0) return of('no-task-yet');
  if (question.name !== 'deprecate') return of('not-judged');
  const last = facts.tasks.findLast((task) => task.completedEventId !== null);
  if (last !== undefined && isTrusted(last, trust)) return of('not-judged');
  const task = facts.tasks.find((task) => !isTrusted(task, trust));
  return task === undefined ? of('not-judged') : of('may-hold-old-branch', task);
}
