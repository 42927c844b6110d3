import { z } from 'zod';
import { declarationSchema, identitySchema } from '#lib/api/declarations/schemas.ts';
import { nameSchema, patchRefSchema, timestampSchema } from '#lib/api/shared/schemas.ts';

export const questionSchema = z.enum(['deprecate', 'remove', 'raise-min', 'drop-call']);
export const policySchema = z.enum(['open', 'retention']);
export const answerWordSchema = z.enum(['safe', 'blocked', 'unknown']);

export const runExampleSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  workflowType: z.string(),
  taskQueue: z.string(),
  /** Build of the worker that did what the reason names; null: none known. */
  buildId: z.string().nullable(),
  startTime: timestampSchema,
  /** Latest end by timeouts; null: never by itself, or not read. */
  endsBy: timestampSchema.nullable(),
});
export type RunExample = z.infer<typeof runExampleSchema>;

const workerSchema = z.object({
  /** null: it sends no build ID. */
  identity: identitySchema.nullable(),
  taskQueue: z.string(),
  /** Empty: routing names the build and nothing polls with it. */
  pollers: z.array(z.string()),
  lastPoll: timestampSchema.nullable(),
});

export const reasonSchema = z.object({
  code: z.string(),
  /** Runs, workers or types; null: not about things that were counted. */
  count: z.int().nullable(),
  /** Oldest first, at most 20. */
  examples: z.array(runExampleSchema),
  workers: z.array(workerSchema),
  workflowTypes: z.array(z.string()),
});
export type Reason = z.infer<typeof reasonSchema>;

export const noteSchema = z.object({
  code: z.string(),
  count: z.int().nullable(),
  examples: z.array(runExampleSchema),
});
export type Note = z.infer<typeof noteSchema>;

const classesSchema = z.object({
  'marker-live': z.int(),
  'may-hold-old-branch': z.int(),
  'label-full': z.int(),
  'version-refused': z.int(),
  unknown: z.int(),
  'marker-deprecated': z.int(),
  'version-kept': z.int(),
  survived: z.int(),
  'not-reached': z.int(),
  proven: z.int(),
  'no-task-yet': z.int(),
  fenced: z.int(),
});

const waitSchema = z.object({ latestEnd: timestampSchema.nullable(), endlessRuns: z.int() });

const judgedSchema = z.object({
  answer: answerWordSchema,
  /** Blocking reasons first. */
  reasons: z.array(reasonSchema),
  notes: z.array(noteSchema),
  /** Runs considered, by class. */
  classes: classesSchema,
  /** When the blocking runs end by their timeouts; null when no run blocks. */
  wait: waitSchema.nullable(),
});

const identityRowSchema = z.object({
  identity: identitySchema.nullable(),
  isTrusted: z.boolean(),
  isSuspect: z.boolean(),
  live: z.int(),
  deprecated: z.int(),
  versions: z.array(z.int()),
  isPolling: z.boolean(),
  lastTask: timestampSchema.nullable(),
});

const typeVerdictSchema = judgedSchema.extend({
  workflowType: z.string(),
  /** Queues whose workers were looked at; empty for a picture. */
  taskQueues: z.array(z.string()),
  runsConsidered: z.int(),
  historiesRead: z.int(),
  /** Who worked on runs of the type or polls for them, the newest first. */
  identities: z.array(identityRowSchema),
});
export type TypeVerdict = z.infer<typeof typeVerdictSchema>;

const contradictionSchema = z.object({
  fact: declarationSchema,
  why: z.enum(['manifest-differs', 'floor-broken', 'type-outside-list']),
  seen: z.string(),
});

/** One answer in full, for one namespace. */
export const verdictSchema = judgedSchema.extend({
  question: questionSchema,
  /** raise-min: the new minSupported; drop-call: the version whose branch stays; else null. */
  min: z.int().nullable(),
  workflowType: z.string().nullable(),
  /** `asked`: evidence gathered for this question, workers watched. `picture`: what the census shows by itself; never `safe`. */
  source: z.enum(['asked', 'picture']),
  evidence: z.object({
    from: timestampSchema.nullable(),
    to: timestampSchema.nullable(),
    policy: policySchema,
    historiesRead: z.int(),
    runsConsidered: z.int(),
    /** Visibility and history calls; pollers apart. */
    calls: z.int(),
  }),
  /** True: reading ended at the first blocker, so counts are at least these. */
  isStoppedAtBlocker: z.boolean(),
  /** Five minutes after the evidence; null for a picture. */
  validUntil: timestampSchema.nullable(),
  /** policy `retention`: when the last closed run leaves; null: none, or policy `open`. */
  lastClosedLeaves: timestampSchema.nullable(),
  /** "assuming …": the facts that the answer rests on. */
  assumptions: z.array(declarationSchema),
  contradictions: z.array(contradictionSchema),
  byType: z.array(typeVerdictSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What `patchboard check --json` prints: the whole, then each namespace. */
export const checkSchema = judgedSchema.extend({
  patch: patchRefSchema,
  question: questionSchema,
  min: z.int().nullable(),
  workflowType: z.string().nullable(),
  evidence: verdictSchema.shape.evidence,
  isStoppedAtBlocker: z.boolean(),
  validUntil: timestampSchema.nullable(),
  byNamespace: z.array(verdictSchema.extend({ namespace: z.string() })),
});
export type Check = z.infer<typeof checkSchema>;

/** Where a gathering stands. */
export const progressSchema = z.object({
  phase: z.enum(['listing', 'workers', 'histories', 'closing', 'done']),
  historiesRead: z.int(),
  /** Known so far; grows while listing. */
  historiesWanted: z.int(),
  calls: z.int(),
});
export type Progress = z.infer<typeof progressSchema>;

/** A question that is being answered, or was. */
export const verdictJobSchema = z.object({
  id: z.string(),
  namespace: z.string(),
  patch: patchRefSchema,
  question: questionSchema,
  min: z.int().nullable(),
  workflowType: z.string().nullable(),
  policy: policySchema,
  mode: z.enum(['answer', 'full']),
  state: z.enum(['gathering', 'done', 'stopped', 'failed']),
  progress: progressSchema,
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  verdict: verdictSchema.nullable(),
  /** For `failed`: what happened and the next step. */
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type VerdictJob = z.infer<typeof verdictJobSchema>;

export const askRequestSchema = z.strictObject({
  patch: patchRefSchema,
  question: questionSchema,
  min: z.int().min(-1).max(1_000_000_000).nullable().default(null),
  workflowType: nameSchema.nullable().default(null),
  policy: policySchema.default('open'),
  mode: z.enum(['answer', 'full']).default('full'),
});
export type AskRequest = z.infer<typeof askRequestSchema>;

/** The newest stored answer to a question. */
export const storedVerdictSchema = z.object({
  verdict: verdictSchema,
  askedBy: z.string(),
  /** Past its five minutes: ask again. */
  isExpired: z.boolean(),
  /** Why it no longer holds though it is young; null: it does. */
  withdrawn: z
    .object({ code: z.enum(['worker-appeared', 'declaration-changed', 'run-reset']), seen: z.string() })
    .nullable(),
});
export type StoredVerdict = z.infer<typeof storedVerdictSchema>;

/** What `GET /verdict` gives: a stored answer, or the job that will give one. */
export const verdictOrJobSchema = z.union([storedVerdictSchema, verdictJobSchema]);

/** The answer of one question in a list. */
export const briefAnswerSchema = z.object({
  question: questionSchema,
  min: z.int().nullable(),
  answer: answerWordSchema,
  source: verdictSchema.shape.source,
});
export type BriefAnswer = z.infer<typeof briefAnswerSchema>;
