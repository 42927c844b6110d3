import type { WorkerStamp } from '#lib/domain/history/events.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Policy, TargetBuild } from '#lib/domain/verdict/types.ts';
import type { Code, Program, Sdk } from './program.ts';
import type { PlayedTask, Session } from './session.ts';

/** Each is a setting of the generator that can be on alone. */
export const HAZARDS = [
  'several-places',
  'half-deprecated',
  'loops',
  'paths',
  'late-commands',
  'continue-as-new',
  'resets',
  'no-task',
  'started-task',
  'sticky',
  'sleeping',
  'rollback',
  'label-full',
  'labels-missing',
  'callback',
  'shared-helper',
  'several-queues',
  'reused-id',
  'no-id',
  'typescript',
  'unknown-sdk',
  'undecodable',
  'incomplete',
  'fenced',
  'retention',
  'wrong-fact',
] as const;

export type Hazard = (typeof HAZARDS)[number];

/** A workflow task as history tells it. */
export interface Task extends PlayedTask {
  readonly worker: Worker;
  readonly startedEventId: number;
  readonly completedEventId: number;
  /** Of the last event that it wrote. */
  readonly lastEventId: number;
  readonly timeMs: number;
}

export interface Worker {
  readonly index: number;
  readonly taskQueue: string;
  readonly code: Code;
  readonly stamp: WorkerStamp;
  readonly sdkVersion: string;
  /** Its worker pins the runs that it works on to its deployment version. */
  readonly doesPin: boolean;
  readonly startedMs: number;
  /** null: it polls. */
  stoppedMs: number | null;
  readonly cache: Map<Run, Session>;
}

export interface Run {
  readonly index: number;
  readonly workflowId: string;
  readonly runId: string;
  /** Index of the workflow type. */
  readonly type: number;
  readonly taskQueue: string;
  readonly input: number;
  readonly startTimeMs: number;
  closeTimeMs: number | null;
  tasks: Task[];
  /** Wakes that no task has answered yet. */
  pending: number;
  /** A worker took the next task and has not completed it. */
  startedBy: {
    readonly worker: Worker;
    readonly eventId: number;
    readonly timeMs: number;
    /** Whose it is, as the started event says: without a stamp in a version set, without the deployment version in a deployment. */
    readonly stamp: WorkerStamp;
  } | null;
  lastWorker: Worker | null;
  lastEventId: number;
  failure: { readonly message: string; readonly timeMs: number } | null;
  /** What the run inherits or was given by hand: a deployment version, or `auto-upgrade`. */
  inheritedPin: string | null;
  override: string | null;
  /** Values of TemporalChangeVersion that it began with. */
  leftOverLabels: readonly number[];
}

export interface WorkflowType {
  readonly name: string;
  readonly program: Program;
}

/** How routing keeps runs apart; null: anybody on the queue takes any task. */
export interface Fence {
  readonly kind: 'sets' | 'deployments';
  /** Sets: build IDs, oldest first, last the default. */
  readonly sets: readonly (readonly string[])[];
  /** Deployments: the current version; null: unversioned workers. */
  readonly current: string | null;
  readonly target: TargetBuild;
  /** The target is named in the question. */
  readonly isTargetNamed: boolean;
}

export interface World {
  readonly seed: number;
  readonly hazards: ReadonlySet<Hazard>;
  readonly question: PatchQuestion;
  readonly policy: Policy;
  readonly types: readonly WorkflowType[];
  /** Types that the question is about. */
  readonly asked: readonly number[];
  /** The question names its type; else it is about all. */
  readonly isTypeNamed: boolean;
  readonly taskQueues: readonly string[];
  readonly patchIds: readonly string[];
  readonly sdk: Sdk;
  /** In order of version, the oldest first. */
  readonly codes: readonly Code[];
  /** What runs before the change at its best, and the changed code. */
  readonly before: Code;
  readonly after: Code;
  /** What replay proofs are made with. */
  readonly proving: Code;
  readonly workers: readonly Worker[];
  readonly runs: readonly Run[];
  readonly nowMs: number;
  readonly beganMs: number;
  /** Patch activation callback (preferred version provider): none, or declining until then; Infinity: still. */
  readonly callbackUntilMs: number | null;
  readonly fence: Fence | null;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
