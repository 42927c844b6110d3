import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { isFencedRun } from '#lib/domain/verdict/fence.ts';
import type { Holders, Holding } from '#lib/domain/verdict/holders.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';
import { mayOverflowLabel } from '#lib/domain/verdict/label-full.ts';
import { isUnnamed, withoutUnnamed } from '#lib/domain/verdict/started-task.ts';
import { type PatchQuestion, patchOf } from '#lib/domain/verdict/question.ts';
import type { RunClass, TargetBuild, UnknownCode } from '#lib/domain/verdict/types.ts';

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
  /** For class `unknown`: what would have to be known. null: the history itself is not. */
  readonly missing: UnknownCode | null;
}

/** How the activation callback (Go, Java: the preferred version provider) may have answered. */
export interface Callback {
  /** True: at that moment and ever since, every live call was answered as the code says. */
  readonly isOutOfUseSince: (timeMs: number) => boolean;
  /** False: nobody said whether one is in use. */
  readonly isDeclared: boolean;
}

export interface ClassifyFrame {
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly holders: Holders;
  readonly callback: Callback;
  readonly target: TargetBuild | null;
  readonly knownPatchIds: readonly string[];
  /** The proof that the changed code replayed this run, the furthest one; null: none. */
  readonly proofOf: (run: CensusRun) => { readonly eventId: number; readonly fact: DeclaredFact } | null;
  readonly onUsed: (fact: DeclaredFact) => void;
}

/** The class of one run of a type that uses the patch: the first that matches. Labels and build lists play no part. */
export function classifyRun(run: CensusRun, frame: ClassifyFrame): ClassifiedRun {
  if (run.facts === null || run.facts.unreadable.length > 0) return of('unknown');
  const facts = withoutUnnamed(run.facts);
  const { question, patchId, target } = frame;
  if (isFencedRun(run, facts, target)) return of('fenced');
  if (facts.tasks.length === 0) return of('no-task-yet');
  const found = classifyWorked(run, facts, frame);
  const isCleared = found.class === 'survived' || found.class === 'marker-deprecated' || found.class === 'proven';
  if (question.name === 'remove' && isCleared && mayOverflowLabel(facts, patchId, frame.knownPatchIds)) {
    return of('label-full', found.task);
  }
  return found;
}

function of(runClass: RunClass, task: TaskFact | null = null): ClassifiedRun {
  return { class: runClass, task, missing: null };
}

function classifyWorked(run: CensusRun, facts: RunFacts, frame: ClassifyFrame): ClassifiedRun {
  const markers = markersOf(facts, frame);
  const marker = decidingMarker(markers, frame.question);
  if (marker === null) return classifyUnmarked(run, facts, frame);
  const task = writerOf(marker, facts);
  switch (frame.question.name) {
    case 'deprecate':
      if (hasSurvived(facts, frame)) return of('survived', task);
      return classifyMarked(run, facts, marker, frame);
    case 'remove':
      if (marker.deprecated !== true) return of('marker-live', task);
      return of(hasSurvived(facts, frame) ? 'survived' : 'marker-deprecated', task);
    case 'raise-min':
    case 'drop-call':
      return of(isRefused(marker, frame.question) ? 'version-refused' : 'version-kept', task);
  }
}

export function markersOf(
  facts: RunFacts,
  { question, patchId }: Pick<ClassifyFrame, 'question' | 'patchId'>,
): readonly PatchMarker[] {
  // Most runs have none, and each is asked several times.
  if (facts.markers.length === 0) return facts.markers;
  const patch = patchOf(question, patchId);
  return facts.markers.filter((marker) => isOf(marker, patch));
}

/** A run holds one marker per patch; should it hold more, the one that hinders the change decides. */
function decidingMarker(markers: readonly PatchMarker[], question: PatchQuestion): PatchMarker | null {
  const hinders = (marker: PatchMarker) =>
    marker.kind === 'core' ? marker.deprecated !== true : isRefused(marker, question);
  return markers.find(hinders) ?? markers[0] ?? null;
}

function isRefused({ version }: PatchMarker, question: PatchQuestion): boolean {
  if (question.name === 'raise-min') return version === null || version < question.version;
  return question.name === 'drop-call' && version !== question.version;
}

/** A deprecator replayed all of it and went on: what is recorded agrees with the new branch. */
function hasSurvived({ tasks }: RunFacts, { question, holders }: ClassifyFrame): boolean {
  const isRemove = question.name === 'remove';
  const last = tasks.findLast((task) => task.completedEventId !== null);
  // Before `remove`, `deprecate_patch` is what runs; before `deprecate`, one place with it tells nothing of the others.
  if (last === undefined || (isRemove ? holders.deprecatesAt(last) : holders.deprecatesAllAt(last)) !== 'yes')
    return false;
  const started = tasks.at(-1);
  if (started === undefined || started === last) return true;
  // Whoever has the run now may go on with it: with `remove` in mind, it must not write a live marker either.
  return (isRemove ? holders.deprecatesAt(started) : holders.holdsCallAt(started)) === 'yes';
}

/**
 * A marker asked about before the old branch goes. Where `false` is kept, a live marker shows that the first call was live: whoever
 * has all calls could not replay it else. In TypeScript, and before a deprecated marker, which replays without a call, an earlier
 * task may have taken the old branch all the same, at this place or at one that the marker's writer did not call.
 */
function classifyMarked(run: CensusRun, facts: RunFacts, marker: PatchMarker, frame: ClassifyFrame): ClassifiedRun {
  const task = writerOf(marker, facts);
  const cleared = of(marker.deprecated === true ? 'marker-deprecated' : 'marker-live', task);
  const before = facts.tasks.filter((earlier) => isBefore(earlier, marker));
  if (before.length === 0) return cleared;
  const untilMarker = task === null ? before : [...before, task];
  const areFalseKept = untilMarker.every(({ sdkName }) => SDKS_THAT_KEEP_FALSE.has(sdkName));
  if (marker.deprecated !== true && areFalseKept) return cleared;
  const judged = judgeTasks(before, facts, frame, cleared);
  return judged !== cleared && isProven(run, facts, frame) ? of('proven', task) : judged;
}

function writerOf(marker: PatchMarker, { tasks }: RunFacts): TaskFact | null {
  return tasks.find((task) => task.completedEventId === marker.workflowTaskCompletedEventId) ?? null;
}

function isBefore(task: TaskFact, marker: PatchMarker): boolean {
  return task.completedEventId !== null && task.completedEventId < marker.workflowTaskCompletedEventId;
}

function classifyUnmarked(run: CensusRun, facts: RunFacts, frame: ClassifyFrame): ClassifiedRun {
  // Not for `deprecate`: until the old branch's first command a deprecator replays a run that is in it, and a poller goes on there.
  if (frame.question.name === 'remove' && hasSurvived(facts, frame)) return of('survived');
  const reached = judgeTasks(facts.tasks, facts, frame, of('not-reached'));
  if (reached.class === 'not-reached' || !isProven(run, facts, frame)) return reached;
  return of('proven');
}

/** A proof covers what it replayed: until then the run is in no branch that goes. */
function isProven(run: CensusRun, facts: RunFacts, frame: ClassifyFrame): boolean {
  const proof = frame.proofOf(run);
  if (proof === null || proof.eventId > facts.lastEventId) return false;
  const later = facts.tasks.filter((task) => (task.completedEventId ?? Infinity) > proof.eventId);
  if (later.length > 0 && !isClearAfterProof(later, facts, frame)) return false;
  frame.onUsed(proof.fact);
  return true;
}

function isClearAfterProof(later: readonly TaskFact[], facts: RunFacts, frame: ClassifyFrame): boolean {
  switch (frame.question.name) {
    case 'deprecate':
    case 'raise-min':
      return judgeTasks(later, facts, frame, of('not-reached')).class === 'not-reached';
    // Without the call the branch that goes looks like the one that stays until its first command: a holder may go on in it.
    case 'remove':
    case 'drop-call':
      return later.every((task) => frame.holders.deprecatesAt(task) === 'yes');
  }
}

/** Of a started task: its worker may still record what the change refuses, although it polls no more. */
function holdingAt(task: TaskFact, { question, holders }: ClassifyFrame): Holding {
  if (task.completedEventId !== null || question.name === 'deprecate') return holders.holdsCallAt(task);
  // Either is known of holders alone.
  return question.name === 'remove' ? holders.deprecatesAt(task) : holders.recordsOnlyAt(task, question);
}

/** `cleared` when each of these tasks was a holder's and no callback can have declined; else what stands in the way. */
function judgeTasks(
  tasks: readonly TaskFact[],
  facts: RunFacts,
  frame: ClassifyFrame,
  cleared: ClassifiedRun,
): ClassifiedRun {
  const { callback } = frame;
  let soft: { readonly task: TaskFact; readonly missing: UnknownCode } | null = null;
  for (const task of tasks) {
    const holding = holdingAt(task, frame);
    const missing = missingFor(holding, task, facts);
    if (missing !== null) soft ??= { task, missing };
    else if (holding === 'lacks' || holding === 'not-known') return of('may-hold-old-branch', task);
  }
  const first = tasks[0] ?? null;
  // A reset run starts at its reset, yet holds tasks from before.
  const sinceMs = Math.min(facts.startTimeMs ?? -Infinity, first?.timeMs ?? Infinity);
  const isOutOfUse = callback.isOutOfUseSince(sinceMs);
  if (!isOutOfUse && callback.isDeclared) return of('may-hold-old-branch', first);
  if (soft !== null) return { class: 'unknown', ...soft };
  return isOutOfUse ? cleared : { class: 'unknown', task: first, missing: 'callback-not-declared' };
}

/** What would have to be known before a task counts as a holder's; null: it does, or it cannot. */
function missingFor(holding: Holding, task: TaskFact, facts: RunFacts): UnknownCode | null {
  switch (holding) {
    case 'suspect':
      return 'identity-suspect';
    case 'calls':
      return 'calls-not-declared';
    case 'not-known':
      // Ask again in a moment: by then it is said who completed it.
      return isUnnamed(task, facts) ? 'task-under-way' : null;
    case 'yes':
    case 'lacks':
      return null;
  }
}
