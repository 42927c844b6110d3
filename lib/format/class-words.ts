import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { RunClass, VerdictAnswer } from '#lib/domain/verdict/types.ts';

export interface ClassWords {
  readonly title: string;
  /** Why a run is in the class. */
  readonly sentence: string;
}

/** Every class of an open run in words, in the order in which a reader meets them. */
export const CLASS_WORDS: Readonly<Record<RunClass, ClassWords>> = {
  'marker-live': { title: 'live marker', sentence: 'Recorded the patch with patched.' },
  'may-hold-old-branch': {
    title: 'may be on the old branch',
    sentence: 'No marker, and code that is not known to have the call worked on them.',
  },
  'label-full': {
    title: 'full list of patch ids',
    sentence: 'Without this call a later patch may fit into the list again, and the replay fails.',
  },
  'version-refused': { title: 'refused version', sentence: 'Recorded a version that the changed code refuses.' },
  unknown: { title: 'not known', sentence: 'The history or what it rests on is not known.' },
  'marker-deprecated': { title: 'deprecated marker', sentence: 'Recorded the patch with deprecate_patch.' },
  'version-kept': { title: 'kept version', sentence: 'Recorded a version that the changed code takes.' },
  survived: {
    title: 'went on under deprecate_patch',
    sentence: 'Code with deprecate_patch replayed all of it and completed its last task.',
  },
  'not-reached': {
    title: 'patch not reached',
    sentence: 'No marker, and every task was completed by code that has the call: the run has not come to it.',
  },
  proven: { title: 'replay proven', sentence: 'The changed code replayed it without an error.' },
  'no-task-yet': { title: 'no task yet', sentence: 'No workflow task was started, so no code has decided anything.' },
  fenced: { title: 'kept apart by routing', sentence: 'Routing cannot give it to the build that changes.' },
};

/** What runs of a class do to the answer: stand in the way, leave it open, or neither. */
export function classMeaning(runClass: RunClass, question: QuestionName): VerdictAnswer {
  switch (runClass) {
    case 'may-hold-old-branch':
    case 'label-full':
    case 'version-refused':
      return 'blocked';
    case 'marker-live':
      return question === 'remove' ? 'blocked' : 'safe';
    case 'unknown':
      return 'unknown';
    case 'marker-deprecated':
    case 'version-kept':
    case 'survived':
    case 'not-reached':
    case 'proven':
    case 'no-task-yet':
    case 'fenced':
      return 'safe';
  }
}

/** The word beside a class's count: `safe` would promise too much of single runs. */
export const CLASS_MEANING_WORDS: Readonly<Record<VerdictAnswer, string>> = {
  blocked: 'in the way',
  unknown: 'not known',
  safe: 'clear',
};
