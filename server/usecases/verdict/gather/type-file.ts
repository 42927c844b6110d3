import { patchesOfLabel } from '#lib/domain/census/patch-labels.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { type DeclaredFact, factsOfKind } from '#lib/domain/verdict/declared-facts.ts';
import { isLabelOf } from '#lib/domain/verdict/question.ts';
import type { Policy, TypeEvidence } from '#lib/domain/verdict/types.ts';
import type { AskedIn } from '#server/usecases/verdict/gather/gather-evidence.ts';
import type { ClosedOfType, SchedulesOfTypes } from '#server/usecases/verdict/gather/queues-of-type.ts';
import type { HistoryReader } from '#server/usecases/verdict/gather/read-histories.ts';
import type { TypeInScope } from '#server/usecases/verdict/gather/find-types.ts';

/** What is found of one workflow type while evidence is gathered. */
export interface TypeFile {
  readonly workflowType: string;
  readonly addOpen: (runs: readonly RunSummary[]) => void;
  readonly setListed: (isComplete: boolean) => void;
  readonly setClosed: (closed: ClosedOfType) => void;
  /** More closed runs, which no list had before. */
  readonly addClosed: (runs: readonly RunSummary[]) => void;
  readonly addSchedules: (schedules: SchedulesOfTypes) => void;
  readonly addDeclaredQueues: (facts: readonly DeclaredFact[]) => void;
  /** A list that was to be complete is not. */
  readonly setIncomplete: () => void;
  readonly addQueues: (names: Iterable<string>) => void;
  readonly queues: () => readonly string[];
  readonly openCount: () => number;
  readonly hasOpen: (runId: string) => boolean;
  /** By memory, a declaration, or the label of a listed run. */
  readonly isSeen: () => boolean;
  /** The runs whose histories decide. */
  readonly judged: (policy: Policy) => readonly RunSummary[];
  readonly closed: () => readonly RunSummary[];
  /** True: there are no closed runs on queues that are not known. */
  readonly areClosedQueuesKnown: () => boolean;
  readonly addWitnesses: (runs: readonly RunSummary[]) => void;
  /** Newest close of a closed run, epoch ms; null: none. */
  readonly lastCloseMs: () => number | null;
  readonly toEvidence: (
    policy: Policy,
    histories: HistoryReader,
    watched: Pick<TypeEvidence, 'workers' | 'workersFromMs' | 'areWorkersWatched'>,
  ) => TypeEvidence;
}

export function openTypeFile(
  { workflowType, isRemembered, knownPatchIds }: TypeInScope,
  { question, patchId }: Pick<AskedIn, 'question' | 'patchId'>,
): TypeFile {
  const open = new Map<string, RunSummary>();
  const witnesses = new Map<string, RunSummary>();
  const queues = new Set<string>();
  let closed: ClosedOfType | null = null;
  let isListComplete = false;
  let areSchedulesKnown = false;

  const isLabelled = (run: RunSummary) => run.labels.some((label) => isLabelOf(label, question, patchId));
  const isSeen = () => isRemembered || open.values().some(isLabelled) || (closed?.runs.some(isLabelled) ?? false);
  const addQueues = (names: Iterable<string>) => {
    for (const name of names) queues.add(name);
  };

  return {
    workflowType,
    addOpen: (runs) => {
      for (const run of runs) open.set(run.runId, run);
      addQueues(runs.map((run) => run.taskQueue));
    },
    setListed: (isComplete) => {
      isListComplete = isComplete;
    },
    setIncomplete: () => {
      isListComplete = false;
    },
    setClosed: (found) => {
      closed = found;
      addQueues(found.runs.map((run) => run.taskQueue));
      addQueues(found.otherQueues);
    },
    addClosed: (runs) => {
      if (closed === null) return;
      // What was counted instead of listed may have had them.
      const count = closed.isComplete ? closed.runs.length + runs.length : closed.count;
      closed = { ...closed, runs: [...closed.runs, ...runs], count };
    },
    addSchedules: ({ starts, isComplete }) => {
      areSchedulesKnown = isComplete;
      addQueues(starts.filter((start) => start.workflowType === workflowType).map((start) => start.taskQueue));
    },
    addDeclaredQueues: (facts) => {
      for (const { claim } of factsOfKind(facts, 'queues')) {
        if (claim.workflowType === workflowType) addQueues(claim.taskQueues);
      }
    },
    addQueues,
    queues: () => [...queues],
    openCount: () => open.size,
    hasOpen: (runId) => open.has(runId),
    isSeen,
    judged: (policy) => {
      const runs = [...open.values()];
      return policy === 'retention' ? [...runs, ...closedBeside(closed, open)] : runs;
    },
    closed: () => closed?.runs ?? [],
    areClosedQueuesKnown: () => closed?.areQueuesKnown === true,
    addWitnesses: (runs) => {
      for (const run of runs) witnesses.set(run.runId, run);
    },
    lastCloseMs: () => {
      const ends = closed?.runs.flatMap((run) => run.closeTimeMs ?? []) ?? [];
      return ends.length === 0 ? null : Math.max(...ends);
    },
    toEvidence: (policy, histories, watched) => {
      const isRetention = policy === 'retention';
      const judgedClosed = isRetention ? closedBeside(closed, open) : [];
      const runs = [...open.values(), ...judgedClosed].map((summary) => censusRun(summary, histories));
      const judgedIds = new Set(runs.map((run) => run.summary.runId));
      const others = [...witnesses.values()].filter((run) => !judgedIds.has(run.runId));
      const isWhole = isListComplete && (!isRetention || closed?.isComplete === true);
      return {
        workflowType,
        runs,
        isListComplete: isWhole,
        witnesses: others.map((summary) => censusRun(summary, histories)).filter((run) => run.facts !== null),
        closedRuns: closed?.count ?? null,
        isRemembered: isSeen(),
        areQueuesKnown: areSchedulesKnown && queues.size > 0 && closed?.areQueuesKnown === true,
        knownPatchIds: [...new Set([patchId, ...knownPatchIds, ...idsOf(runs), ...idsOfLabels(closed?.runs ?? [])])],
        ...watched,
      };
    },
  };
}

/** A run may have closed between two lists: it is judged as the open list had it. */
function closedBeside(closed: ClosedOfType | null, open: ReadonlyMap<string, RunSummary>): readonly RunSummary[] {
  return closed?.runs.filter((run) => !open.has(run.runId)) ?? [];
}

function censusRun(summary: RunSummary, histories: HistoryReader): CensusRun {
  const facts = histories.factsOf(summary.runId);
  return { summary, facts, factsReadMs: facts === null ? null : 0 };
}

function idsOf(runs: readonly CensusRun[]): readonly string[] {
  const recorded = runs.flatMap(
    ({ facts }) => facts?.markers.flatMap(({ kind, id }) => (kind === 'core' ? [id] : [])) ?? [],
  );
  return [...recorded, ...idsOfLabels(runs.map((run) => run.summary))];
}

function idsOfLabels(runs: readonly RunSummary[]): readonly string[] {
  const labels = new Set(runs.flatMap((run) => run.labels));
  return [...labels].flatMap((label) => patchesOfLabel(label, 'core', () => true).map(({ id }) => id));
}
