import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import type { PlanNote, PlanNoteCode, QueueState } from '#lib/domain/change-plan/types.ts';
import { takesRunsOf, unregisteredPollers } from '#lib/domain/task-queues/pollers.ts';
import { DEFAULT_LIMITS, exceededLimits } from '#lib/domain/version-sets/limits.ts';
import { isMergedOrderOpen } from '#lib/domain/version-sets/merge.ts';
import { placeOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Consequences first (new runs, open runs), then risks. */
export function planNotes(
  state: QueueState,
  operation: VersionSetOperation,
  after: VersionSets,
  isAlreadySo: boolean,
): PlanNote[] {
  return [
    ...(isAlreadySo ? [note('no-change', affectedDefault(after, operation))] : []),
    newRunsNote(state.sets, after),
    ...openRunNotes(state, after),
    ...pollerNotes(state, operation, after),
    ...unversionedNotes(state),
    ...orderNotes(state.sets, operation, after),
    ...limitNotes(after),
  ];
}

function newRunsNote(before: VersionSets, after: VersionSets): PlanNote {
  const now = queueDefault(after);
  return note(now === queueDefault(before) ? 'new-runs-stay' : 'new-runs-go-to', now);
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
    ...Array.from(moving, ([buildId, count]) => note('open-runs-move', buildId, count)),
    ...Array.from(staying, ([buildId, count]) => note('open-runs-stay', buildId, count)),
  ];
}

function pollerNotes({ pollers }: QueueState, operation: VersionSetOperation, after: VersionSets): PlanNote[] {
  const next = affectedDefault(after, operation);
  const hasPoller = pollers.some((poller) => next !== null && takesRunsOf(poller, next));
  const strangers = Map.groupBy(unregisteredPollers(pollers, after), (poller) => poller.buildId ?? '');
  return [
    ...(next === null || hasPoller ? [] : [note('no-poller-for-new-default', next, 0)]),
    ...Array.from(strangers, ([buildId, group]) =>
      note('unregistered-pollers', buildId, new Set(group.map((poller) => poller.identity)).size),
    ),
  ];
}

function unversionedNotes({ unversionedOpenRuns }: QueueState): PlanNote[] {
  return unversionedOpenRuns === 0 ? [] : [note('unversioned-runs-remain', null, unversionedOpenRuns)];
}

function orderNotes(before: VersionSets, operation: VersionSetOperation, after: VersionSets): PlanNote[] {
  if (operation.kind !== 'merge-sets') return [];
  const primary = placeOf(before, operation.primaryBuildId);
  const secondary = placeOf(before, operation.secondaryBuildId);
  if (!primary || !secondary || primary.set === secondary.set) return [];
  if (!isMergedOrderOpen(before, primary.set, secondary.set)) return [];
  const merged = setOf(after, operation.primaryBuildId);
  return merged ? [note('merged-order-open', setDefault(merged), merged.buildIds.length - 1)] : [];
}

function limitNotes(after: VersionSets): PlanNote[] {
  return exceededLimits(after.sets, DEFAULT_LIMITS).map(({ holds }) => note('over-default-limit', null, holds));
}

function note(code: PlanNoteCode, buildId: string | null, count: number | null = null): PlanNote {
  return { code, buildId, count };
}

/** A sum with an unknown part is unknown. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
