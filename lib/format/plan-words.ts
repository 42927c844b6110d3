import type { ChangeOutcome, PlanNote } from '#lib/domain/change-plan/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** Which notes a reader must not miss. */
export const NOTE_TONE: Readonly<Record<PlanNote['code'], 'plain' | 'caution'>> = {
  'new-runs-go-to': 'plain',
  'new-runs-stay': 'plain',
  'open-runs-move': 'plain',
  'open-runs-stay': 'plain',
  'no-poller-for-new-default': 'caution',
  'unregistered-pollers': 'caution',
  'unversioned-runs-remain': 'caution',
  'merged-order-open': 'plain',
  'over-default-limit': 'caution',
  'no-change': 'plain',
};

/** One plain sentence for one note; the only place where codes of a plan become words. */
export function noteWords({ code, buildId, count }: PlanNote): string {
  const build = buildId === null ? 'unversioned workers' : escapeText(buildId);
  switch (code) {
    case 'new-runs-go-to':
      return `New runs go to ${build}.`;
    case 'new-runs-stay':
      return `New runs keep going to ${build}.`;
    case 'open-runs-move':
      return `${openRuns(count)} will be served by ${build}.`;
    case 'open-runs-stay':
      return `${openRuns(count)} ${count === 1 ? 'stays' : 'stay'} with ${build}.`;
    case 'no-poller-for-new-default':
      return `No worker polls with ${build}: its work waits until one is started.`;
    case 'unregistered-pollers':
      return `${build} is in no set: ${counted(count, 'worker polls', 'workers poll')} with it in vain.`;
    case 'unversioned-runs-remain':
      return `${openRuns(count)} without version: keep unversioned workers until they have finished.`;
    case 'merged-order-open':
      return `${build} is the merged set's default; Temporal decides in which order the ${count ?? ''} others stand.`;
    case 'over-default-limit':
      return `The queue would hold ${count ?? 'more'} sets or build IDs, more than Temporal takes unless its limit was raised.`;
    case 'no-change':
      return 'Temporal already has this state: nothing will be written.';
  }
}

/** What an operation does, as a title or a table cell. */
export function operationWords(operation: VersionSetOperation): string {
  switch (operation.kind) {
    case 'add-new-default':
      return `Add ${escapeText(operation.buildId)} as a new set and queue default`;
    case 'add-new-compatible': {
      const words = `Add ${escapeText(operation.newBuildId)} to the set of ${escapeText(operation.existingBuildId)}`;
      return operation.asQueueDefault ? `${words} and make the set queue default` : words;
    }
    case 'promote-set':
      return `Make the set of ${escapeText(operation.buildId)} queue default`;
    case 'promote-within-set':
      return `Make ${escapeText(operation.buildId)} the default of its set`;
    case 'merge-sets':
      return `Merge the set of ${escapeText(operation.secondaryBuildId)} into the set of ${escapeText(operation.primaryBuildId)}`;
  }
}

export const OUTCOME_WORDS: Readonly<Record<ChangeOutcome, string>> = {
  verified: 'Stored: read back from Temporal as planned.',
  'already-so': 'Already so: Temporal had this state, nothing was written.',
  refused: 'Refused by Temporal: nothing was written.',
  conflict: 'Not written: the sets had changed since the plan.',
  superseded: 'Changed by someone else meanwhile: the sets are not as planned.',
  'not-applied': 'Not applied: nothing was written.',
  unconfirmed: 'Unconfirmed: the write may or may not have landed.',
};

function openRuns(count: number | null): string {
  return counted(count, 'open run', 'open runs');
}

function counted(count: number | null, one: string, many: string): string {
  if (count === null) return `An unknown number of ${many}`;
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
