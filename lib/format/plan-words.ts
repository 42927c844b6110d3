import type { ChangeOutcome, PlanNote } from '#lib/domain/change-plan/types.ts';
import type { Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** Which notes a reader must not miss. */
export const NOTE_TONE: Readonly<Record<PlanNote['code'], 'plain' | 'caution'>> = {
  'new-runs-go-to': 'plain',
  'new-runs-stay': 'plain',
  'started-work': 'plain',
  'open-runs-move': 'plain',
  'open-runs-stay': 'plain',
  'no-poller-for-new-default': 'caution',
  'unregistered-pollers': 'caution',
  'superseded-pollers': 'plain',
  'unversioned-runs-remain': 'caution',
  'unversioned-runs-wait': 'caution',
  'rules-lost': 'caution',
  'rules-not-known': 'caution',
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
    case 'started-work':
      return `Activities, children and continue-as-new on this queue stay with the set of their run. Those that ask for the default build, and each next cron run, go to ${build}.`;
    case 'open-runs-move':
      return `${openRuns(count)} will be served by ${build}.`;
    case 'open-runs-stay':
      return `${openRuns(count)} ${count === 1 ? 'stays' : 'stay'} with ${build}.`;
    case 'no-poller-for-new-default':
      return `No worker polls with ${build}: its work waits until one is started.`;
    case 'unregistered-pollers':
      return `${workersWith(build, count)} nothing: it is in no set.`;
    case 'superseded-pollers':
      return `${workersWith(build, count)} nothing: another build is the default of its set.`;
    case 'unversioned-runs-remain':
      return `${unversionedRuns(count, 'needs', 'need')} unversioned workers to the end. ${startedByThem(buildId)}`;
    case 'unversioned-runs-wait':
      return `${unversionedRuns(count, 'waits', 'wait')}: no unversioned worker polls. ${startedByThem(buildId)}`;
    case 'rules-lost':
      return `${counted(count, 'versioning rule is', 'versioning rules are')} lost: a merge wipes the assignment and redirect rules of the queue.`;
    case 'rules-not-known':
      return 'Versioning rules of the queue, if it has any, are lost: a merge wipes them, and they could not be read.';
    case 'merged-order-open':
      return `${build} is the merged set's default; Temporal decides in which order the ${count ?? ''} others stand.`;
    case 'over-default-limit':
      return `The queue would hold ${count ?? 'more'} sets or build IDs, more than Temporal takes unless its limit was raised.`;
    case 'no-change':
      return 'Temporal already has this state: nothing will be written.';
  }
}

/** What a plan says when Temporal would not take the operation. */
export function refusalWords({ reason }: Refusal): string {
  return `Temporal would refuse this: ${escapeText(reason)}.`;
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
  unconfirmed:
    'Unconfirmed: the sets read as before. Temporal may have stored the write and show it up to six minutes late.',
};

function workersWith(build: string, count: number | null): string {
  return `${counted(count, 'worker', 'workers')} that ${count === 1 ? 'polls' : 'poll'} with ${build} ${count === 1 ? 'gets' : 'get'}`;
}

function unversionedRuns(count: number | null, one: string, many: string): string {
  if (count === null) return `Open runs without version, if there are any, ${many}`;
  return `${openRuns(count)} without version ${count === 1 ? one : many}`;
}

function startedByThem(buildId: string | null): string {
  return `Their children and their continue-as-new begin on ${buildId === null ? 'the queue default' : escapeText(buildId)}.`;
}

function openRuns(count: number | null): string {
  return counted(count, 'open run', 'open runs');
}

function counted(count: number | null, one: string, many: string): string {
  if (count === null) return `An unknown number of ${many}`;
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
