import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact, IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

export type VerdictAnswer = 'safe' | 'blocked' | 'unknown';

/** What a run is to the question; the first that matches. docs/verdict.md tells each. */
export type RunClass =
  | 'unknown'
  | 'fenced'
  | 'no-task-yet'
  | 'survived'
  | 'marker-deprecated'
  | 'marker-live'
  | 'version-kept'
  | 'version-refused'
  | 'not-reached'
  | 'proven'
  | 'label-full'
  | 'may-hold-old-branch';

/** Each of these alone makes the answer `blocked`. */
export type BlockingCode =
  | 'marker-live'
  | 'may-hold-old-branch'
  | 'label-full'
  | 'version-below-min'
  | 'version-differs'
  | 'worker-lacks-call'
  | 'worker-writes-live'
  | 'worker-writes-other-version'
  | 'callback-in-use';

/** Each of these keeps the answer from being better than `unknown`. */
export type UnknownCode =
  | 'never-seen'
  | 'history-unreadable'
  | 'marker-unreadable'
  | 'not-read-yet'
  | 'evidence-budget'
  | 'list-incomplete'
  | 'identity-suspect'
  | 'calls-not-declared'
  | 'task-under-way'
  | 'worker-not-known'
  | 'no-poller'
  | 'queues-not-known'
  | 'workers-not-watched'
  | 'callback-not-declared'
  | 'types-not-declared';

export type ReasonCode = BlockingCode | UnknownCode;

/** Told beside the answer; it changes nothing. */
export type NoteCode = 'label-only' | 'closed-not-looked-at' | 'nondeterminism' | 'newest-stopped-writing';

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

/** What is known of one identity for the patch and type. */
export interface WorkerExample {
  /** null: it sends no build ID, so nothing tells its code. */
  readonly identity: IdentityName | null;
  readonly taskQueue: string;
  /** Identities of the workers that poll with it; empty: routing names it and nothing polls. */
  readonly pollers: readonly string[];
  readonly lastPollMs: number | null;
}

export interface Reason {
  readonly code: ReasonCode;
  /** Runs, workers or workflow types; null: the reason is not about things that were counted. */
  readonly count: number | null;
  /** Oldest first, at most `EXAMPLES_MAX`. */
  readonly examples: readonly RunExample[];
  readonly workers: readonly WorkerExample[];
  /** Workflow types that the reason is about. */
  readonly workflowTypes: readonly string[];
}

export interface Note {
  readonly code: NoteCode;
  readonly count: number | null;
  readonly examples: readonly RunExample[];
}

/** When the blocking runs end by their timeouts; the wait that would change a blocked answer. */
export interface Wait {
  /** null: no blocking run has a timeout. */
  readonly latestEndMs: number | null;
  /** Blocking runs without any timeout: they never end by themselves. */
  readonly endlessRuns: number;
}

export type ClassCounts = Readonly<Record<RunClass, number>>;

/** A declared fact that evidence speaks against; it is not used. */
export interface Contradiction {
  readonly fact: DeclaredFact;
  readonly why: 'manifest-differs' | 'floor-broken' | 'type-outside-list';
  /** What was seen: a build, a type or a run, as text from Temporal. */
  readonly seen: string;
}

/** What one identity wrote in runs of the type, for the page's table. */
export interface IdentityRow {
  readonly identity: IdentityName | null;
  readonly isTrusted: boolean;
  readonly isSuspect: boolean;
  readonly live: number;
  readonly deprecated: number;
  readonly versions: readonly number[];
  readonly isPolling: boolean;
  readonly lastTaskMs: number | null;
}

interface VerdictParts {
  readonly answer: VerdictAnswer;
  /** Blocking reasons first. */
  readonly reasons: readonly Reason[];
  readonly notes: readonly Note[];
  readonly classes: ClassCounts;
  /** null when no run blocks. */
  readonly wait: Wait | null;
  readonly runsConsidered: number;
  readonly historiesRead: number;
}

export interface TypeVerdict extends VerdictParts {
  readonly workflowType: string;
  readonly identities: readonly IdentityRow[];
}

export interface PatchVerdict extends VerdictParts {
  /** Facts that the answer rests on: "assuming …". */
  readonly assumptions: readonly DeclaredFact[];
  readonly contradictions: readonly Contradiction[];
  readonly byType: readonly TypeVerdict[];
}

/** Somebody who may work on runs of a type: it polls, or routing sends work to its build even while nothing polls. */
export interface WorkerSeen {
  readonly taskQueue: string;
  /** null: it sends none. */
  readonly buildId: string | null;
  readonly useVersioning: boolean;
  /** `deployment:build`. */
  readonly deploymentVersion: string | null;
  /** True: the queue's default, current or ramping build, polling or not. */
  readonly isRouted: boolean;
  readonly pollers: readonly string[];
  readonly lastPollMs: number | null;
}

/** Everything known of one workflow type that the question is about. */
export interface TypeEvidence {
  readonly workflowType: string;
  /** Open runs, each once, in any order; under policy `retention` closed ones too. */
  readonly runs: readonly CensusRun[];
  /** False: there may be runs that `runs` lacks. */
  readonly isListComplete: boolean;
  /** Closed runs read to learn what identities record; never judged. */
  readonly witnesses: readonly CensusRun[];
  /** Closed runs that retention still holds; null: not counted. */
  readonly closedRuns: number | null;
  /** The patch was once seen in this type (memory or a label). */
  readonly isRemembered: boolean;
  /** False: runs may be served by queues that nobody looked at. */
  readonly areQueuesKnown: boolean;
  readonly workers: readonly WorkerSeen[];
  /** When the workers were first read, epoch ms. Absent: they were not. */
  readonly workersFromMs?: number;
  /** False: pollers were not read before and after the histories, or with a gap over four minutes. */
  readonly areWorkersWatched: boolean;
  /** Every core patch id known for the type, this one included. */
  readonly knownPatchIds: readonly string[];
}

/** Why a run has no facts although nothing was wrong with its history. */
export type UnreadCode = 'not-read-yet' | 'evidence-budget';

export type Policy = 'open' | 'retention';

/** The build that the change will be deployed as, and where routing can send runs. */
export interface TargetBuild {
  /** A build ID, or a deployment version `deployment:build`. */
  readonly build: string;
  readonly setsByQueue: ReadonlyMap<string, VersionSets>;
}

/** Everything a verdict rests on. */
export interface Evidence {
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly policy: Policy;
  readonly types: readonly TypeEvidence[];
  /** Types with open runs that were not looked at, when the question was for all types. */
  readonly otherTypes: readonly string[];
  /** True: one type was named, or a declared list says which types use the patch. */
  readonly areTypesKnown: boolean;
  /** The namespace's declared facts. */
  readonly facts: readonly DeclaredFact[];
  readonly unreadCode: UnreadCode;
  /** Ids of runs whose history could not be read. */
  readonly unreadableRunIds: ReadonlySet<string>;
  /** null: the question names no build, and no run is fenced. */
  readonly target: TargetBuild | null;
}
