import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import type { NoteCode, Policy, ReasonCode, VerdictAnswer } from '#lib/domain/verdict/types.ts';
import { formatAbsolute } from '#lib/format/absolute-time.ts';
import { capital } from '#lib/format/capital.ts';
import { formatCount, formatNumber } from '#lib/format/count.ts';
import { claimWords } from '#lib/format/declare-words.ts';
import { NOTE_WORDS, REASON_WORDS, type ReasonWords } from '#lib/format/reason-words.ts';
import { formatRelative } from '#lib/format/relative-time.ts';

/** The sign and the word of an answer: the same on pages and in the command. */
export const ANSWER_WORDS = {
  safe: { icon: '✓', word: 'safe' },
  blocked: { icon: '■', word: 'blocked' },
  unknown: { icon: '?', word: 'unknown' },
} as const;

export interface QuestionWords extends Readonly<Record<VerdictAnswer, string>> {
  readonly title: string;
  /** The permission that `safe` gives, as a sentence begins with it. */
  readonly permission: string;
  /** What the question itself takes for granted, which no history can show; null: nothing. */
  readonly presumes: string | null;
  /** What must not happen once it is done, with why. */
  readonly warning: string;
}

/** `safe`, `blocked` and `unknown` follow the word and a colon. */
export const QUESTION_WORDS: Readonly<Record<QuestionName, QuestionWords>> = {
  deprecate: {
    title: 'May the old branch go?',
    permission: 'The old branch may go',
    safe: 'no open run is on the old branch, and every worker has the call.',
    blocked: 'open runs may still be on the old branch.',
    unknown: 'it cannot be shown that no open run is on the old branch.',
    presumes: null,
    warning:
      'Open runs break if workers are later rolled back below patched, and old runs break if they are reset: do neither.',
  },
  remove: {
    title: 'May deprecate_patch go?',
    permission: 'deprecate_patch may go',
    safe: 'no open run needs the call, and every worker runs deprecate_patch.',
    blocked: 'open runs still need the call.',
    unknown: 'it cannot be shown that nothing needs the call.',
    presumes:
      'This takes it that deprecate_patch, and nowhere patched, is what the code has at every place of this id.',
    warning:
      'Open runs break if workers are later rolled back below deprecate_patch, and old runs break if they are reset: do neither.',
  },
  'raise-min': {
    title: 'May minSupported be raised?',
    permission: 'minSupported may be raised',
    safe: 'every open run and every worker is at this version or above.',
    blocked: 'open runs recorded a lower version.',
    unknown: 'it cannot be shown that every open run is at this version or above.',
    presumes: null,
    warning:
      'Open runs break if workers are later rolled back to a lower version, and old runs break if they are reset: do neither.',
  },
  'drop-call': {
    title: 'May the GetVersion call go?',
    permission: 'The GetVersion call may go',
    safe: 'every open run and every worker is at this version.',
    blocked: 'open runs recorded another version.',
    unknown: 'it cannot be shown that every open run is at this version.',
    presumes:
      'This takes it that the code supports no lower version any more: minSupported is this version at every call of this change id.',
    warning:
      'Runs break if this change id is ever used again, if workers are later rolled back, or if old runs are reset: do none of it.',
  },
};

/** Words for a code that came over the wire: a newer server may know codes that this page does not. */
export function wordsOf(code: string): ReasonWords {
  return isReasonCode(code) ? REASON_WORDS[code] : { ...UNHEARD_OF, title: code, brief: () => code };
}

export function noteWordsOf(code: string): Omit<ReasonWords, 'brief'> {
  return isNoteCode(code) ? NOTE_WORDS[code] : { ...UNHEARD_OF, title: code };
}

const UNHEARD_OF = { sentence: '', change: '' };

function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_WORDS, code);
}

function isNoteCode(code: string): code is NoteCode {
  return Object.hasOwn(NOTE_WORDS, code);
}

interface ReasonFacts {
  readonly code: string;
  readonly count: number | null;
}

export interface VerdictFacts {
  readonly question: QuestionName;
  readonly min: number | null;
  readonly answer: VerdictAnswer;
  readonly reasons: readonly ReasonFacts[];
  /** True: counts are at least these. */
  readonly isStoppedAtBlocker: boolean;
}

/** The question with the version that it is about: `May minSupported be raised to 2?` */
export function questionTitle(asked: Pick<VerdictFacts, 'question' | 'min'>): string {
  return QUESTION_WORDS[asked.question].title.replace(/\?$/, `${versionWords(asked)}?`);
}

function versionWords({ question, min }: Pick<VerdictFacts, 'question' | 'min'>): string {
  if (min === null) return '';
  return question === 'raise-min' ? ` to ${min}` : ` and the branch of version ${min} stay`;
}

/** As many missing things as one sentence can hold. */
const MOST_MISSING = 2;

/** The answer in one sentence: why it is what it is, without the word “safe”, “blocked” or “unknown”. */
export function answerSentence(verdict: VerdictFacts): string {
  const { question, answer, reasons } = verdict;
  switch (answer) {
    case 'safe':
      return `${QUESTION_WORDS[question].permission}${versionWords(verdict)}: ${QUESTION_WORDS[question].safe}`;
    case 'blocked': {
      const blocking = reasons.filter(({ code }) => isBlockingCode(code)).map((reason) => clause(reason, verdict));
      return blocking.length === 0 ? capital(QUESTION_WORDS[question].blocked) : `${capital(blocking.join('; '))}.`;
    }
    case 'unknown': {
      const whether = `${questionTitle(verdict)} Not known`;
      if (reasons.length === 0) return `${whether}: ${QUESTION_WORDS[question].unknown}`;
      const told = reasons.slice(0, MOST_MISSING).map((reason) => clause(reason, verdict));
      const more = reasons.length - told.length;
      return `${whether}: ${told.join('; ')}${more > 0 ? `; and ${formatCount(more, 'more reason')}` : ''}.`;
    }
  }
}

function clause({ code, count }: ReasonFacts, { isStoppedAtBlocker }: VerdictFacts): string {
  const words = wordsOf(code).brief(count);
  return isStoppedAtBlocker && isBlockingCode(code) && count !== null ? `at least ${words}` : words;
}

interface PolicyFacts {
  readonly answer: VerdictAnswer;
  readonly evidence: { readonly policy: Policy };
  readonly notes: readonly ReasonFacts[];
  readonly lastClosedLeaves: string | null;
}

/** For which runs the answer is given, and which were not looked at. Moments in UTC. */
export function policyWords({ answer, evidence, notes, lastClosedLeaves }: PolicyFacts): string {
  if (evidence.policy === 'retention') {
    const judged = `${capital(ANSWER_WORDS[answer].word)} for open runs and for closed runs that retention still holds`;
    return lastClosedLeaves === null
      ? `${judged}.`
      : `${judged}; the last of them leaves on ${formatAbsolute(Date.parse(lastClosedLeaves), 'UTC')}.`;
  }
  const judged = `${capital(ANSWER_WORDS[answer].word)} for open runs`;
  const closed = notes.find(({ code }) => code === 'closed-not-looked-at');
  if (closed === undefined) return `${judged}; no closed run is left out.`;
  if (closed.count === null) return `${judged}; closed runs were not looked at.`;
  return `${judged}; ${formatCount(closed.count, 'closed run')} ${closed.count === 1 ? 'was' : 'were'} not looked at.`;
}

interface WaitFacts {
  readonly latestEnd: string | null;
  readonly endlessRuns: number;
}

/** When the blocking runs are gone by their own timeouts. Moments in UTC. */
export function waitWords({ latestEnd, endlessRuns }: WaitFacts, nowMs: number): string {
  const endless =
    endlessRuns === 0
      ? ''
      : `${formatCount(endlessRuns, 'blocking run')} ${endlessRuns === 1 ? 'has no timeout and never ends by itself' : 'have no timeout and never end by themselves'}.`;
  if (latestEnd === null) return endless;
  const endMs = Date.parse(latestEnd);
  const which = endlessRuns === 0 ? 'The last blocking run' : 'The last blocking run with a timeout';
  const end = `${which} ends by ${formatAbsolute(endMs, 'UTC')} at the latest (${formatRelative(endMs, nowMs)}).`;
  return `${end} ${endless}`.trimEnd();
}

interface EvidenceFacts {
  readonly runsConsidered: number;
  readonly historiesRead: number;
}

/** What was looked at, as a noun phrase: `412 open runs and 400 histories`. */
export function evidenceWords({ runsConsidered, historiesRead }: EvidenceFacts): string {
  return `${formatCount(runsConsidered, 'run')} considered, ${formatCount(historiesRead, 'history', 'histories')} read`;
}

interface ProgressFacts {
  readonly phase: 'listing' | 'workers' | 'histories' | 'closing' | 'done';
  readonly historiesRead: number;
  readonly historiesWanted: number;
}

/** Where a gathering stands. */
export function progressWords({ phase, historiesRead, historiesWanted }: ProgressFacts): string {
  switch (phase) {
    case 'listing':
      return historiesWanted === 0
        ? 'Listing open runs'
        : `Listing open runs: ${formatCount(historiesWanted, 'history', 'histories')} to read so far`;
    case 'workers':
      return 'Looking at workers';
    case 'histories':
      return `Reading histories: ${formatNumber(historiesRead)} of ${formatNumber(historiesWanted)}`;
    case 'closing':
      return 'Looking for runs and workers that came meanwhile';
    case 'done':
      return 'Done';
  }
}

/** Why a stored answer holds no longer, to follow “Withdrawn: ”. */
export function withdrawnWords(code: 'worker-appeared' | 'declaration-changed' | 'run-reset'): string {
  switch (code) {
    case 'worker-appeared':
      return 'a worker that breaks the rule has appeared since';
    case 'declaration-changed':
      return 'a declared fact that it may rest on was made or withdrawn since';
    case 'run-reset':
      return 'a closed run was reset since';
  }
}

/** The facts that an answer rests on; empty when it rests on evidence alone. Names are escaped. */
export function assumingWords(claims: readonly FactClaim[]): string {
  return claims.length === 0 ? '' : `assuming ${claims.map(claimWords).join('; ')}`;
}
