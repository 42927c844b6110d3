import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker, UnreadableMarker } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import type { Evidence, TypeEvidence, WorkerSeen } from '#lib/domain/verdict/types.ts';
import { at, type Random } from './random.ts';
import { labelsOf } from './simulation.ts';
import { MINUTE_MS, type Run, type Task, type Worker, type World } from './world.ts';

/** What is missing from the evidence, and said to be missing. */
export interface Gaps {
  readonly unread: ReadonlySet<Run>;
  readonly unlisted: ReadonlySet<Run>;
  /** Runs with a marker that cannot be decoded. */
  readonly undecodable: ReadonlySet<Run>;
  readonly unwatched: Worker | null;
  /** A queue that nobody knows of. */
  readonly unknownQueue: string | null;
  readonly isUnreadable: boolean;
}

/** So long after its last poll Temporal lists a poller. */
const LISTED_MS = 5 * MINUTE_MS;

export const NO_GAPS: Gaps = {
  unread: new Set(),
  unlisted: new Set(),
  undecodable: new Set(),
  unwatched: null,
  unknownQueue: null,
  isUnreadable: false,
};

export function gapsOf({ hazards, runs, workers, taskQueues }: World, random: Random): Gaps {
  const some = () => new Set(runs.filter(() => random.chance(0.4)));
  const undecodable = hazards.has('undecodable') ? some() : NO_GAPS.undecodable;
  if (!hazards.has('incomplete')) return { ...NO_GAPS, undecodable };
  const polling = workers.filter(({ stoppedMs }) => stoppedMs === null);
  const which = random.below(4);
  return {
    unread: which === 0 ? some() : NO_GAPS.unread,
    unlisted: which === 1 ? some() : NO_GAPS.unlisted,
    undecodable,
    unwatched: which === 2 && polling.length > 0 ? random.pick(polling) : null,
    unknownQueue: which === 3 ? random.pick(taskQueues) : null,
    isUnreadable: random.chance(0.5),
  };
}

/** The world as Patchboard sees it through Temporal. */
export function evidenceOf(world: World, facts: readonly DeclaredFact[], gaps: Gaps, random: Random): Evidence {
  const types = world.asked.map((type) => typeEvidence(world, type, gaps, random));
  return {
    question: world.question,
    patchId: at(world.patchIds, 0),
    policy: world.policy,
    types,
    otherTypes: [],
    areTypesKnown: world.isTypeNamed,
    facts,
    unreadCode: random.chance(0.5) ? 'not-read-yet' : 'evidence-budget',
    unreadableRunIds: new Set(gaps.isUnreadable ? [...gaps.unread].map(({ runId }) => runId) : []),
    target: world.fence?.isTargetNamed === true ? world.fence.target : null,
  };
}

function typeEvidence(world: World, type: number, gaps: Gaps, random: Random): TypeEvidence {
  const isSeen = (run: Run) => run.taskQueue !== gaps.unknownQueue;
  const ofType = world.runs.filter((run) => run.type === type && isSeen(run));
  const isClosed = (run: Run) => run.closeTimeMs !== null;
  const isJudged = (run: Run) => world.policy === 'retention' || !isClosed(run);
  const closed = ofType.filter(isClosed);
  // The newest closed runs are read, to learn what identities record.
  const witnesses = closed.filter((run) => !isJudged(run) && random.chance(0.6));
  const judged = ofType.filter((run) => isJudged(run) && !gaps.unlisted.has(run));
  return {
    workflowType: at(world.types, type).name,
    runs: judged.map((run) => censusRun(world, run, gaps)),
    isListComplete: gaps.unlisted.size === 0,
    witnesses: witnesses.map((run) => censusRun(world, run, gaps)),
    closedRuns: random.chance(0.8) ? closed.length : null,
    isRemembered: random.chance(0.9),
    areQueuesKnown: gaps.unknownQueue === null,
    workers: [...pollers(world, gaps), ...routed(world)],
    workersFromMs: world.nowMs,
    areWorkersWatched: gaps.unwatched === null,
    knownPatchIds: world.question.name === 'deprecate' || world.question.name === 'remove' ? world.patchIds : [],
  };
}

/** One entry for each stamp on each queue. Who polled lately is listed too. */
function pollers({ workers, nowMs }: World, gaps: Gaps): readonly WorkerSeen[] {
  const polling = workers.filter(
    (worker) =>
      (worker.stoppedMs ?? Infinity) >= nowMs - LISTED_MS &&
      worker !== gaps.unwatched &&
      worker.taskQueue !== gaps.unknownQueue,
  );
  const groups = Map.groupBy(polling, ({ taskQueue, stamp }) => `${taskQueue} ${JSON.stringify(stamp)}`);
  return [...groups.values()].map((group) => {
    const { taskQueue, stamp } = at(group, 0);
    const pollers = group.map(({ index }) => `worker-${index}`);
    return {
      taskQueue,
      ...stamp,
      isRouted: false,
      pollers,
      lastPollMs: Math.max(...group.map(({ stoppedMs }) => stoppedMs ?? nowMs)),
    };
  });
}

function routed({ fence, taskQueues }: World): readonly WorkerSeen[] {
  const none = { buildId: null, deploymentVersion: null, useVersioning: false };
  const setDefault = fence?.sets.at(-1)?.at(-1);
  return taskQueues.flatMap((taskQueue): WorkerSeen[] => {
    const seen = { taskQueue, isRouted: true, pollers: [], lastPollMs: null, ...none };
    const current = fence?.current ?? null;
    if (current !== null) return [{ ...seen, deploymentVersion: current }];
    return setDefault === undefined ? [] : [{ ...seen, buildId: setDefault, useVersioning: true }];
  });
}

function censusRun(world: World, run: Run, gaps: Gaps): CensusRun {
  const { workflowId, runId, taskQueue, startTimeMs, closeTimeMs } = run;
  const isRead = !gaps.unread.has(run);
  const workflowType = at(world.types, run.type).name;
  return {
    summary: {
      workflowId,
      runId,
      workflowType,
      taskQueue,
      startTimeMs,
      closeTimeMs,
      buildIds: [],
      labels: labels(world, run),
    },
    facts: isRead ? factsOf(world, run, gaps) : null,
    factsReadMs: isRead ? world.nowMs : null,
  };
}

function labels({ patchIds, question }: World, run: Run): readonly string[] {
  const isCore = question.name === 'deprecate' || question.name === 'remove';
  return labelsOf(run).map((patch) => (isCore ? at(patchIds, patch) : `${at(patchIds, patch)}-1`));
}

function factsOf(world: World, run: Run, gaps: Gaps): RunFacts {
  const markers: PatchMarker[] = [];
  const unreadable: UnreadableMarker[] = [];
  for (const task of run.tasks) {
    for (const marker of markersOf(world, task)) {
      if (gaps.undecodable.has(run)) unreadable.push({ eventId: marker.eventId, reason: 'encrypted-or-encoded' });
      else markers.push(marker);
    }
  }
  const last = run.tasks.at(-1);
  const { name } = world.sdk;
  return {
    workflowId: run.workflowId,
    runId: run.runId,
    workflowType: at(world.types, run.type).name,
    taskQueue: run.taskQueue,
    startTimeMs: run.startTimeMs,
    sdkName: last === undefined ? null : name,
    sdkVersion: last?.worker.sdkVersion ?? null,
    markers,
    unreadable,
    labels: labels(world, run),
    tasks: taskFacts(world, run),
    endsByMs: null,
    pinnedByWorker:
      last === undefined ? run.inheritedPin : last.worker.doesPin ? last.worker.stamp.deploymentVersion : null,
    versioningOverride: run.override,
    lastEventId: run.lastEventId,
    isClosed: run.closeTimeMs !== null,
    nondeterminismFailure: run.failure,
  };
}

function taskFacts({ sdk }: World, { tasks, taskQueue, startedBy }: Run): readonly TaskFact[] {
  const completed = tasks.map((task): TaskFact => ({
    completedEventId: task.completedEventId,
    startedEventId: task.startedEventId,
    timeMs: task.timeMs,
    taskQueue,
    worker: task.worker.stamp,
    sdkName: sdk.name,
    sdkVersion: task.worker.sdkVersion,
  }));
  if (startedBy === null) return completed;
  const before = completed.at(-1);
  const { eventId, timeMs, stamp } = startedBy;
  return [
    ...completed,
    {
      completedEventId: null,
      startedEventId: eventId,
      timeMs,
      taskQueue,
      worker: stamp,
      // Name and version of the SDK stand in completed tasks only.
      sdkName: before?.sdkName ?? null,
      sdkVersion: before?.sdkVersion ?? null,
    },
  ];
}

function markersOf({ patchIds }: World, task: Task): readonly PatchMarker[] {
  return task.events.flatMap((event, index): PatchMarker[] => {
    if (event.kind !== 'marker' && event.kind !== 'version') return [];
    const place = {
      id: at(patchIds, event.patch),
      eventId: task.completedEventId + 1 + index,
      timeMs: task.timeMs,
      workflowTaskCompletedEventId: task.completedEventId,
    };
    return event.kind === 'marker'
      ? [{ ...place, kind: 'core', deprecated: event.isDeprecated, version: null }]
      : [{ ...place, kind: 'version', deprecated: null, version: event.version }];
  });
}
