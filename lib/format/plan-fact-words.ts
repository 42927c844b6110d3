import type { PlanLimit, PlanNote, Undo } from '#lib/domain/change-plan/types.ts';
import { queueDefault } from '#lib/domain/version-sets/queries.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { capital } from '#lib/format/capital.ts';
import { formatCount, formatNumber } from '#lib/format/count.ts';
import type { Phrase } from '#lib/format/phrase.ts';
import { operationWords } from '#lib/format/plan-words.ts';
import { wordList } from '#lib/format/word-list.ts';

const LEAVES: Readonly<Record<'nothing' | 'new-set' | 'new-build', string>> = {
  nothing: '',
  'new-set': ' The new set stays, without new runs.',
  'new-build': ' The new build ID stays in its set.',
};

const WHY_NOT: Readonly<Record<Extract<Undo, { kind: 'none' }>['why'], string>> = {
  merged: 'Cannot be undone: sets that became one never part again.',
  'was-unversioned': 'Cannot be undone: from the first set on, new runs never go back to unversioned workers.',
  'no-change': 'Nothing to undo: nothing is written.',
};

/** Whether the change can be taken back, by what, and what it leaves behind. */
export function undoWords(undo: Undo): string {
  if (undo.kind === 'none') return WHY_NOT[undo.why];
  const steps = undo.operations.map((operation, index) =>
    index === 0 ? operationWords(operation) : lowerFirst(operationWords(operation)),
  );
  return `Can be undone: ${lowerFirst(steps.join(', then '))}.${LEAVES[undo.leaves]}`;
}

/** How much of what servers allow by default the queue would hold. */
export function limitWords({ limit, holds, allows }: PlanLimit): string {
  const of = `${formatNumber(holds)} of ${formatNumber(allows)}`;
  switch (limit) {
    case 'sets':
      return `${of} sets`;
    case 'build-ids':
      return `${of} build IDs`;
    case 'task-queues-of-build-id':
      return `the added build ID is on ${of} queues`;
  }
}

/** Temporal's own reachability, by the names that the wire gives its values. */
const REACHED_BY: Readonly<Record<string, string>> = {
  'new-workflows': 'new runs',
  'open-workflows': 'open runs',
  'existing-workflows': 'open or closed runs',
  'closed-workflows': 'queries of closed runs',
};

/** What the server says reaches a build ID, before the change. */
export function reachabilityWords(item: {
  readonly buildId: string;
  readonly reachability: readonly string[];
}): Phrase {
  const name = { name: item.buildId };
  if (item.reachability.length === 0) return ['Nothing reaches ', name, '.'];
  if (item.reachability.includes('unspecified')) return ['Whether anything reaches ', name, ' was not looked up.'];
  const by = item.reachability.map((value) => REACHED_BY[value] ?? value);
  return [capital(wordList(by)), ' may reach ', name, '.'];
}

interface RunNote {
  readonly code: PlanNote['code'];
  readonly buildId: string | null;
  readonly count: number | null;
}

/** Why a build ID must be typed: what will wait, since nobody polls with it. `notes`: the plan's, which count the runs. */
export function confirmReason(buildId: string, after: VersionSets, notes: readonly RunNote[]): Phrase {
  const counts = notes
    .filter((note) => note.buildId === buildId && (note.code === 'open-runs-move' || note.code === 'open-runs-stay'))
    .map((note) => note.count);
  const open = counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const runs = open === 0 ? [] : [open === null ? 'the open runs of its set' : formatCount(open, 'open run')];
  const waiting = [...(queueDefault(after) === buildId ? ['new runs'] : []), ...runs];
  const what = waiting.length === 0 ? 'what comes to it' : wordList(waiting);
  return ['No worker polls with ', { name: buildId }, `: ${what} will wait until one is started.`];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
