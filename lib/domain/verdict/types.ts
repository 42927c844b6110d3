import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Trust } from '#lib/domain/verdict/trust.ts';

/** There is no `safe` here: the rules that could prove it are not built, and this type keeps it that way. */
type VerdictAnswer = 'blocked' | 'unknown';

/** What an open run is to the question. `unknown` and `not-judged` never clear. */
export type RunClass =
  | 'unknown'
  | 'no-task-yet'
  | 'marker-live'
  | 'marker-deprecated'
  | 'version-refused'
  | 'version-kept'
  | 'may-hold-old-branch'
  | 'not-judged';

/** Each of these alone makes the answer `blocked`. */
export type BlockingCode = 'marker-live' | 'may-hold-old-branch' | 'version-below-min' | 'version-differs';

/** Each of these keeps the answer from being better than `unknown`. */
export type UnknownCode =
  | 'never-seen'
  | 'history-unreadable'
  | 'marker-unreadable'
  | 'not-read-yet'
  | 'evidence-budget'
  | 'list-incomplete'
  | 'label-only'
  | 'types-not-declared'
  | 'rule-not-built';

export type ReasonCode = BlockingCode | UnknownCode;

/** One run that a reason rests on. Times are epoch milliseconds. */
export interface RunExample {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** Build of the worker that did what the reason names; null when it left none or the history is not read. */
  readonly buildId: string | null;
  readonly startTimeMs: number;
  /** Latest end by timeouts; null: never ends by itself, or not read. */
  readonly endsByMs: number | null;
}

export interface Reason {
  readonly code: ReasonCode;
  /** Runs (for `types-not-declared`: workflow types). null: the reason is not about runs that were counted. */
  readonly count: number | null;
  /** Oldest first, at most `EXAMPLES_MAX`. */
  readonly examples: readonly RunExample[];
}

/** When the blocking runs end by their timeouts; the wait that would change a blocked answer. */
export interface Wait {
  /** null: no blocking run has a timeout. */
  readonly latestEndMs: number | null;
  /** Blocking runs without any timeout: they never end by themselves. */
  readonly endlessRuns: number;
}

export interface PatchVerdict {
  readonly answer: VerdictAnswer;
  /** Blocking reasons first. */
  readonly reasons: readonly Reason[];
  readonly classes: Readonly<Record<RunClass, number>>;
  /** null when nothing blocks. */
  readonly wait: Wait | null;
  readonly runsConsidered: number;
  readonly historiesRead: number;
}

/** Why a run has no facts although nothing was wrong with its history. */
type UnreadCode = 'not-read-yet' | 'evidence-budget';

/** Everything a verdict rests on. */
export interface Evidence {
  readonly question: PatchQuestion;
  readonly patchId: string;
  /** null: every type known to use the patch. */
  readonly workflowType: string | null;
  /** Open runs, in any order, each at most once. */
  readonly runs: readonly CensusRun[];
  /** False: there may be open runs that `runs` lacks. */
  readonly isListComplete: boolean;
  readonly unreadCode: UnreadCode;
  /** Ids of runs whose history could not be read. */
  readonly unreadableRunIds: ReadonlySet<string>;
  /** Types in which the patch was once seen; null: it was never seen. */
  readonly rememberedTypes: readonly string[] | null;
  readonly trust: Trust;
}
