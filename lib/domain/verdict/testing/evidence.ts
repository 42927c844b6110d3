import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { noCallback, oneCode } from '#lib/domain/verdict/testing/facts.ts';
import { deprecated, live, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Evidence, PatchVerdict, ReasonCode, TypeEvidence, WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Short ways to write what a verdict rests on. Unless said, nothing is missing. */
export function worker(buildId: string | null, changes: Partial<WorkerSeen> = {}): WorkerSeen {
  return {
    taskQueue: 'queue',
    buildId,
    useVersioning: false,
    deploymentVersion: null,
    isRouted: false,
    pollers: ['worker@host'],
    lastPollMs: 9_000,
    ...changes,
  };
}

/** The queue's default, current or ramping build, with which nothing polls. */
export function routed(buildId: string | null, changes: Partial<WorkerSeen> = {}): WorkerSeen {
  return worker(buildId, { isRouted: true, pollers: [], lastPollMs: null, ...changes });
}

export function typeEvidence(changes: Partial<TypeEvidence> = {}): TypeEvidence {
  return {
    workflowType: 'T',
    runs: [],
    isListComplete: true,
    witnesses: [],
    closedRuns: 0,
    isRemembered: false,
    areQueuesKnown: true,
    workers: [],
    areWorkersWatched: true,
    knownPatchIds: [PATCH],
    ...changes,
  };
}

type Changes = Partial<Evidence> & Partial<TypeEvidence>;

/** Evidence of one type; `types` names several. */
export function evidence(changes: Changes = {}): Evidence {
  const { question = { name: 'remove' }, patchId = PATCH, policy = 'open', types, otherTypes = [], ...rest } = changes;
  const { areTypesKnown = true, facts = [], unreadCode = 'not-read-yet', unreadableRunIds, target, ...type } = rest;
  return {
    question,
    patchId,
    policy,
    types: types ?? [typeEvidence(type)],
    otherTypes,
    areTypesKnown,
    facts,
    unreadCode,
    unreadableRunIds: unreadableRunIds ?? new Set(),
    target: target ?? null,
  };
}

/**
 * Evidence that is safe: build `v2` did all work, wrote what the question asks for, and polls. With more runs or other changes a
 * test shows what takes the safety away.
 */
export function safeEvidence(name: QuestionName, changes: Changes = {}): Evidence {
  const runs: readonly CensusRun[] = [run('good', { tasks: tasks('v2'), markers: [GOOD_MARKERS[name]] })];
  const question = name === 'deprecate' || name === 'remove' ? { name } : { name, version: 2 };
  return evidence({ question, workers: [worker('v2')], facts: [oneCode(), noCallback], runs, ...changes });
}

const GOOD_MARKERS = {
  deprecate: live,
  remove: deprecated,
  'raise-min': versionMarker(PATCH, 2),
  'drop-call': versionMarker(PATCH, 2),
};

export const QUESTIONS: readonly QuestionName[] = ['deprecate', 'remove', 'raise-min', 'drop-call'];

export function codesOf(verdict: Pick<PatchVerdict, 'reasons'>): readonly ReasonCode[] {
  return verdict.reasons.map(({ code }) => code);
}
