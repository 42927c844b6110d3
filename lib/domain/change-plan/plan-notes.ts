import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import { planNote } from '#lib/domain/change-plan/plan-note.ts';
import { plus } from '#lib/domain/change-plan/open-runs-after.ts';
import type { PlanNote, QueueState } from '#lib/domain/change-plan/types.ts';
import { workerNotes } from '#lib/domain/change-plan/worker-notes.ts';
import { DEFAULT_LIMITS, exceededLimits } from '#lib/domain/version-sets/limits.ts';
import { isMergedOrderOpen } from '#lib/domain/version-sets/merge.ts';
import { placeOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Consequences first (new runs, what runs start, open runs), then risks. */
export function planNotes(
  state: QueueState,
  operation: VersionSetOperation,
  after: VersionSets,
  isAlreadySo: boolean,
): PlanNote[] {
  return [
    ...(isAlreadySo ? [planNote('no-change', affectedDefault(after, operation))] : []),
    newRunsNote(state.sets, after),
    ...startedWorkNotes(after, isAlreadySo),
    ...openRunNotes(state, after),
    ...workerNotes(state, operation, after),
    ...(isAlreadySo ? [] : rulesNotes(state, operation)),
    ...orderNotes(state.sets, operation, after),
    ...limitNotes(after),
  ];
}

function newRunsNote(before: VersionSets, after: VersionSets): PlanNote {
  const now = queueDefault(after);
  return planNote(now === queueDefault(before) ? 'new-runs-stay' : 'new-runs-go-to', now);
}

function startedWorkNotes(after: VersionSets, isAlreadySo: boolean): PlanNote[] {
  const now = queueDefault(after);
  return isAlreadySo || now === null ? [] : [planNote('started-work', now)];
}

/** Open runs follow their set: only the set's default may poll for them (`lookupVersionSetForPoll`). */
function openRunNotes({ sets, openRuns }: QueueState, after: VersionSets): PlanNote[] {
  const moving = new Map<string, number | null>();
  const staying = new Map<string, number | null>();
  for (const [index, set] of sets.sets.entries()) {
    const count = openRuns[index] ?? null;
    const was = setDefault(set);
    const home = was === null ? null : setOf(after, was);
    const willBe = home ? setDefault(home) : null;
    if (willBe === null || count === 0) continue;
    const group = willBe === was ? staying : moving;
    group.set(willBe, group.has(willBe) ? plus(group.get(willBe) ?? null, count) : count);
  }
  return [
    ...Array.from(moving, ([buildId, count]) => planNote('open-runs-move', buildId, count)),
    ...Array.from(staying, ([buildId, count]) => planNote('open-runs-stay', buildId, count)),
  ];
}

/** A merge writes the sets back and nothing beside them (`MergeVersioningData`). */
function rulesNotes({ rules }: QueueState, { kind }: VersionSetOperation): PlanNote[] {
  if (kind !== 'merge-sets' || rules === 0) return [];
  return [rules === null ? planNote('rules-not-known', null) : planNote('rules-lost', null, rules)];
}

function orderNotes(before: VersionSets, operation: VersionSetOperation, after: VersionSets): PlanNote[] {
  if (operation.kind !== 'merge-sets') return [];
  const primary = placeOf(before, operation.primaryBuildId);
  const secondary = placeOf(before, operation.secondaryBuildId);
  if (!primary || !secondary || primary.set === secondary.set) return [];
  if (!isMergedOrderOpen(before, primary.set, secondary.set)) return [];
  const merged = setOf(after, operation.primaryBuildId);
  return merged ? [planNote('merged-order-open', setDefault(merged), merged.buildIds.length - 1)] : [];
}

function limitNotes(after: VersionSets): PlanNote[] {
  return exceededLimits(after.sets, DEFAULT_LIMITS).map(({ holds }) => planNote('over-default-limit', null, holds));
}
