import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { ReasonCode } from '#lib/domain/verdict/types.ts';

/** What a reader is told of a reason. */
export interface ReasonWords {
  readonly title: string;
  readonly sentence: string;
  /** What would change the answer. */
  readonly change: string;
}

/** Every reason of a verdict in words: the only place that has them. */
const REASON_WORDS: Readonly<Record<ReasonCode, ReasonWords>> = {
  'marker-live': {
    title: 'Open runs need the call',
    sentence: 'These runs recorded the patch with patched. Without the call, their next replay fails.',
    change:
      'Wait until these runs end or continue as new; deploying deprecate_patch does not change what they recorded.',
  },
  'may-hold-old-branch': {
    title: 'Open runs may be on the old branch',
    sentence:
      'These runs have no marker of the patch, and a worker that cannot be shown to have had the call worked on them.',
    change:
      'Wait until these runs end or continue as new. Where every build ID names one code, say so in PATCHBOARD_BUILD_IDS_IDENTIFY_CODE.',
  },
  'version-below-min': {
    title: 'Open runs recorded a lower version',
    sentence: 'These runs recorded a version below the new minimum. Their next replay fails once it is raised.',
    change: 'Wait until these runs end or continue as new, or raise the minimum no further than the lowest of them.',
  },
  'version-differs': {
    title: 'Open runs recorded another version',
    sentence: 'These runs recorded a version other than the one whose branch stays. Their next replay fails.',
    change: 'Wait until these runs end or continue as new.',
  },
  'never-seen': {
    title: 'Never seen',
    sentence: 'No open or remembered run that was looked at carries this patch, or none is of this workflow type.',
    change:
      'Check the spelling, letter case included. SDKs that write no labels are found by naming the workflow type.',
  },
  'history-unreadable': {
    title: 'Histories unreadable',
    sentence: 'The histories of these runs could not be read, so nothing is known of their markers.',
    change: 'Ask again; if it stays, read one of them with `temporal workflow show` to see why.',
  },
  'marker-unreadable': {
    title: 'Markers unreadable',
    sentence: 'These runs hold a patch marker that cannot be decoded. It may be of this patch.',
    change: 'Wait until these runs end. Markers encrypted by a payload codec cannot be read here.',
  },
  'not-read-yet': {
    title: 'Not read yet',
    sentence: 'The histories of these runs are not read yet.',
    change: 'Wait: the picture fills as the histories are read.',
  },
  'evidence-budget': {
    title: 'Budget spent',
    sentence: 'The time or the number of histories allowed was spent before these runs were read.',
    change: 'Ask again with a larger --max-histories or --timeout.',
  },
  'list-incomplete': {
    title: 'List incomplete',
    sentence: 'Not every open run could be listed.',
    change: 'Ask again with a larger --timeout, or wait until the picture is complete.',
  },
  'label-only': {
    title: 'Labelled without marker',
    sentence: 'These runs are labelled with the patch, but their histories hold no marker of it.',
    change: 'Nothing to do: a label finds a run and proves nothing about it.',
  },
  'types-not-declared': {
    title: 'Other workflow types',
    sentence: 'Only workflow types that recorded the patch are judged. A shared helper may use it in others.',
    change: 'Ask for each workflow type by name.',
  },
  'rule-not-built': {
    title: 'Not judged by this version',
    sentence: 'Rules about polling workers, trusted builds and closed runs are not built yet.',
    change: 'This version never says safe. Check by hand which workers still poll before the code goes.',
  },
};

/** The sign and the word of an answer: the same on pages and in the command. */
export const ANSWER_WORDS = {
  safe: { icon: '✓', word: 'safe' },
  blocked: { icon: '■', word: 'blocked' },
  unknown: { icon: '?', word: 'unknown' },
} as const;

export interface QuestionWords {
  readonly title: string;
  /** Follows the word "blocked: ". */
  readonly blocked: string;
  /** Follows the word "unknown: ". */
  readonly unknown: string;
}

export const QUESTION_WORDS: Readonly<Record<QuestionName, QuestionWords>> = {
  deprecate: {
    title: 'May the old branch go?',
    blocked: 'open runs may still be on the old branch.',
    unknown: 'it cannot be shown that no open run is on the old branch.',
  },
  remove: {
    title: 'May deprecate_patch go?',
    blocked: 'open runs still need the call.',
    unknown: 'it cannot be shown that nothing needs the call.',
  },
  'raise-min': {
    title: 'May minSupported be raised?',
    blocked: 'open runs recorded a lower version.',
    unknown: 'it cannot be shown that every open run is at this version or above.',
  },
  'drop-call': {
    title: 'May the GetVersion call go?',
    blocked: 'open runs recorded another version.',
    unknown: 'it cannot be shown that every open run is at this version.',
  },
};

/** Words for a code that came over the wire: a newer server may know codes that this page does not. */
export function wordsOf(code: string): ReasonWords {
  return isReasonCode(code) ? REASON_WORDS[code] : { title: code, sentence: '', change: '' };
}

function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_WORDS, code);
}
