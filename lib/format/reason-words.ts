import type { NoteCode, ReasonCode } from '#lib/domain/verdict/types.ts';
import { formatCount } from '#lib/format/count.ts';

/** What a reader is told of a reason or a note. */
export interface ReasonWords {
  readonly title: string;
  /** What happens, then why. */
  readonly sentence: string;
  /** What would change the answer. */
  readonly change: string;
  /** A clause for a sentence that names several reasons. `count`: runs, workers or types; null: nothing was counted. */
  readonly brief: (count: number | null) => string;
}

const runs = (count: number | null): string => (count === null ? 'open runs' : formatCount(count, 'open run'));
const histories = (count: number | null): string =>
  count === null ? 'histories' : formatCount(count, 'history', 'histories');
const builds = (count: number | null): string =>
  count === null ? 'polling builds' : formatCount(count, 'polling build');

/** The verb for one thing or for several. */
function verb(count: number | null, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** A worker that has stopped stays listed for this long, so that asking at once changes nothing. */
const LISTED_FOR = 'A stopped worker stays listed for five minutes.';
const WAIT_FOR_RUNS = 'Wait until these runs end or continue as new.';

/** Every reason of a verdict in words: the only place that has them. */
export const REASON_WORDS: Readonly<Record<ReasonCode, ReasonWords>> = {
  'marker-live': {
    title: 'Open runs need the call',
    sentence: 'Without the call, the next replay of these runs fails: they recorded the patch with patched.',
    change: `${WAIT_FOR_RUNS} Deploying deprecate_patch does not change what they recorded.`,
    brief: (count) => `${runs(count)} still ${verb(count, 'needs', 'need')} the call`,
  },
  'may-hold-old-branch': {
    title: 'Open runs may be on the old branch',
    sentence:
      'Without the old branch, the next replay of these runs may fail: they hold no marker of the patch, and code that is not known to have the call worked on them.',
    change: `${WAIT_FOR_RUNS} Or declare what that code was, or replay them with the changed code and declare the proof.`,
    brief: (count) => `${runs(count)} may still be on the old branch`,
  },
  'version-below-min': {
    title: 'Open runs recorded a lower version',
    sentence: 'Once the minimum is raised, the next replay of these runs fails: they recorded a version below it.',
    change: `${WAIT_FOR_RUNS} Or raise the minimum no further than the lowest of them.`,
    brief: (count) => `${runs(count)} recorded a version below the new minimum`,
  },
  'version-differs': {
    title: 'Open runs recorded another version',
    sentence:
      'Without the call, the next replay of these runs fails: they recorded another version than the one that stays.',
    change: WAIT_FOR_RUNS,
    brief: (count) => `${runs(count)} recorded another version than the one that stays`,
  },
  'label-full': {
    title: 'The list of patch ids is full',
    sentence:
      'Without the call, the next replay of these runs may fail: their list of patch ids reached 2,048 bytes, and without this one a later patch may fit in again.',
    change: 'Remove the patch that these runs recorded last first, or wait until they end.',
    brief: (count) => `${runs(count)} ${verb(count, 'has', 'have')} a full list of patch ids`,
  },
  'worker-lacks-call': {
    title: 'Workers without the call poll',
    sentence: 'Runs that these workers start or continue take the old branch, which the changed code no longer has.',
    change: `Stop these workers, then ask again. ${LISTED_FOR}`,
    brief: (count) => `${builds(count)} ${verb(count, 'lacks', 'lack')} the call`,
  },
  'worker-writes-live': {
    title: 'Workers are not on deprecate_patch',
    sentence: 'Runs that these workers start may record a marker that needs the call: they do not run deprecate_patch.',
    change: `Deploy deprecate_patch, stop these workers, then ask again. ${LISTED_FOR}`,
    brief: (count) => `${builds(count)} ${verb(count, 'is', 'are')} not on deprecate_patch`,
  },
  'worker-writes-other-version': {
    title: 'Workers record another version',
    sentence: 'Runs that these workers start record a version that the changed code refuses.',
    change: `Stop these workers, then ask again. ${LISTED_FOR}`,
    brief: (count) => `${builds(count)} ${verb(count, 'records', 'record')} another version`,
  },
  'callback-in-use': {
    title: 'A callback may decline the patch',
    sentence: 'Any new run may take the old branch without a marker: an activation callback is declared to be in use.',
    change:
      'Make the callback accept everywhere, then declare that it has accepted all since then, or that none is in use.',
    brief: () => 'an activation callback may decline the patch',
  },
  'never-seen': {
    title: 'Never seen',
    sentence:
      'A typing error looks the same: no open or retained run that was looked at carries this patch in these workflow types.',
    change: 'Check the spelling, letter case included. If it is right, declare which workflow types use the patch.',
    brief: () => 'no run that was looked at carries this patch',
  },
  'history-unreadable': {
    title: 'Histories unreadable',
    sentence: 'Nothing is known of these runs: their histories could not be read.',
    change: 'Ask again. If it stays, read one of them with temporal workflow show to see why.',
    brief: (count) => `${histories(count)} could not be read`,
  },
  'marker-unreadable': {
    title: 'Markers unreadable',
    sentence: 'These runs hold a patch marker that cannot be decoded. It may be of this patch.',
    change: 'Wait until these runs end. Markers encrypted by a payload codec cannot be read here.',
    brief: (count) => `${runs(count)} ${verb(count, 'holds', 'hold')} a marker that cannot be decoded`,
  },
  'not-read-yet': {
    title: 'Not read yet',
    sentence: 'Nothing is known of these runs yet: their histories are not read.',
    change: 'Ask: the question reads them. The picture also fills by itself.',
    brief: (count) => `${histories(count)} ${verb(count, 'is', 'are')} not read yet`,
  },
  'evidence-budget': {
    title: 'Budget spent',
    sentence: 'Nothing is known of these runs: the time or the number of histories allowed was spent before them.',
    change: 'Ask with a larger --max-histories or --timeout.',
    brief: (count) => `the budget was spent before ${histories(count)} ${verb(count, 'was', 'were')} read`,
  },
  'list-incomplete': {
    title: 'List incomplete',
    sentence: 'There may be runs that nobody looked at: not every open run could be listed.',
    change: 'Ask with a larger --timeout, or wait until the picture is complete.',
    brief: () => 'not every open run could be listed',
  },
  'task-under-way': {
    title: 'A workflow task is under way',
    sentence: 'Whoever has a task of these runs may decide anything: Temporal says whose it was when it is completed.',
    change: 'Ask again in a moment.',
    brief: (count) => `${runs(count)} ${verb(count, 'has', 'have')} a workflow task under way`,
  },
  'worker-not-known': {
    title: 'Workers of unknown code poll',
    sentence: 'These workers take work, and nothing shows what their code does with the patch.',
    change: `Declare what they run, or stop them and ask again. ${LISTED_FOR}`,
    brief: (count) => `the code of ${builds(count)} is not known`,
  },
  'no-poller': {
    title: 'No worker polls',
    sentence: 'Nothing shows which code takes the next task: no worker polls for these workflow types.',
    change: 'Start a worker and ask again. If workers poll other task queues, declare those.',
    brief: () => 'no worker polls',
  },
  'workers-not-watched': {
    title: 'Workers not watched',
    sentence:
      'A worker may have come or gone unseen: workers were not watched from before the first history until after the last.',
    change: 'Ask: the question watches workers while it reads.',
    brief: () => 'workers were not watched',
  },
  'queues-not-known': {
    title: 'Task queues not known',
    sentence: 'Workers that nobody looked at may serve these workflow types: not all of their task queues are known.',
    change: 'Declare the task queues that serve the workflow type.',
    brief: () => 'not all task queues are known',
  },
  'identity-suspect': {
    title: 'A build ID may name two codes',
    sentence:
      'What these builds recorded may come from another code under the same build ID: they worked on the type for over an hour before they first showed the call, or with two SDK versions.',
    change: 'Look at the deploys of these builds, then confirm once that each names one code.',
    brief: () => 'a build ID may name two codes',
  },
  'calls-not-declared': {
    title: 'Calls may have come one after another',
    sentence:
      'An earlier build may lack a call that a later one added at another place: more than one build recorded the patch.',
    change: 'Declare that all calls of the patch entered the code in one deploy, or what each build runs.',
    brief: () => 'calls may have entered in several deploys',
  },
  'callback-not-declared': {
    title: 'A callback may be in use',
    sentence:
      'New runs may take the old branch without a marker if an activation callback declines the patch, and nobody declared that none is in use.',
    change: 'Declare that no activation callback is in use (Go, Java: no preferred version provider).',
    brief: () => 'nobody declared that no activation callback is in use',
  },
  'types-not-declared': {
    title: 'Other workflow types',
    sentence: 'Only workflow types that recorded the patch are judged. A shared helper may use it in others.',
    change: 'Declare the complete list of workflow types that use the patch, or ask for one type by name.',
    brief: (count) =>
      count === null
        ? 'other workflow types may use the patch'
        : `${formatCount(count, 'other workflow type')} may use the patch`,
  },
};

/** What is told beside the answer and changes nothing of it. */
export const NOTE_WORDS: Readonly<Record<NoteCode, Omit<ReasonWords, 'brief'>>> = {
  nondeterminism: {
    title: 'Workflow tasks fail now',
    sentence: 'These runs do not go on: their workflow tasks fail with a nondeterminism error.',
    change: 'Look at them first. Code that lost a call too early looks like this.',
  },
  'newest-stopped-writing': {
    title: 'The newest build may lack the call',
    sentence:
      'The build that came last to the workflow type is not known to have the call, and open runs carry the patch.',
    change: 'Check whether the call went too early. If it did, bring it back before these runs are replayed.',
  },
  'closed-not-looked-at': {
    title: 'Closed runs not looked at',
    sentence:
      'Querying, resetting or replaying a closed run may fail after the change: closed runs were not looked at.',
    change: 'Ask under policy retention to judge them too.',
  },
  'label-only': {
    title: 'Labelled without marker',
    sentence: 'These runs are labelled with the patch, but their histories hold no marker of it.',
    change: 'Nothing to do: a label finds a run and proves nothing about it.',
  },
};
