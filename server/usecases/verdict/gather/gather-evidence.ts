import type { Progress } from '#lib/api/verdict/schemas.ts';
import { createInterner } from '#lib/domain/census/intern.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Evidence, Policy, TypeEvidence } from '#lib/domain/verdict/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { closeEvidence } from '#server/usecases/verdict/gather/close-evidence.ts';
import { type FirstBlocker, openFirstBlocker, targetOf } from '#server/usecases/verdict/gather/first-blocker.ts';
import { listOpenRuns } from '#server/usecases/verdict/gather/list-open-runs.ts';
import { findQueues, readWorkers } from '#server/usecases/verdict/gather/queues-and-workers.ts';
import { readWhileListing } from '#server/usecases/verdict/gather/read-while-listing.ts';
import { createHistoryReader, type HistoryReader } from '#server/usecases/verdict/gather/read-histories.ts';
import { openTypeFile, type TypeFile } from '#server/usecases/verdict/gather/type-file.ts';
import { findTypes, type TypeScope } from '#server/usecases/verdict/gather/find-types.ts';
import { watchWorkers, type WorkerWatch } from '#server/usecases/verdict/gather/worker-watch.ts';
import { findWitnesses, identitiesAtWork } from '#server/usecases/verdict/gather/witnesses.ts';

export interface AskedIn {
  readonly namespace: string;
  readonly question: PatchQuestion;
  readonly patchId: string;
  /** null: every type known to use the patch. */
  readonly workflowType: string | null;
  readonly policy: Policy;
  /** `answer`: reading ends at the first run that blocks. */
  readonly mode: 'answer' | 'full';
  readonly targetBuild: string | null;
  readonly facts: readonly DeclaredFact[];
}

export interface Gathered {
  readonly evidence: Evidence;
  readonly isStoppedAtBlocker: boolean;
  readonly lastClosedLeavesMs: number | null;
  /** Queues that were looked at, by workflow type. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
}

/** What the steps of one gathering share. */
export interface Gathering {
  readonly ctx: Ctx;
  readonly asked: AskedIn;
  readonly budget: Budget;
  readonly fromMs: number;
  readonly interner: ReturnType<typeof createInterner>;
  readonly histories: HistoryReader;
  readonly workers: WorkerWatch;
  readonly files: readonly TypeFile[];
  readonly firstBlocker: FirstBlocker;
  readonly tell: (phase: Progress['phase']) => void;
}

/**
 * What one namespace says to one question: lists, then workers, then histories, then workers and new runs again, so that nobody
 * comes or goes unseen between. Labels find runs, they never clear one.
 */
export async function gatherEvidence(
  ctx: Ctx,
  asked: AskedIn,
  budget: Budget,
  onProgress: (progress: Progress) => void,
): Promise<Gathered> {
  const { namespace } = asked;
  const fromMs = ctx.now();
  const interner = createInterner();
  const workers = watchWorkers(ctx, namespace, budget, fromMs);
  const between = () => {
    tell('histories');
    return workers.keep();
  };
  const histories = createHistoryReader(ctx, { namespace, interner, budget, between });
  const tell = (phase: Progress['phase']) =>
    onProgress({ phase, historiesRead: histories.count(), historiesWanted: wantedOf(files), calls: budget.calls() });
  let files: readonly TypeFile[] = [];

  const isAnswerEnough = asked.mode === 'answer';
  const firstBlocker = openFirstBlocker({ asked, histories, workers });
  // Among labelled runs the blocking ones of `deprecate` are not.
  const isLabelledWorthIt = isAnswerEnough && asked.question.name !== 'deprecate';
  const onLabelled = async (runs: readonly RunSummary[]) => isLabelledWorthIt && firstBlocker.lookInto(runs);

  tell('listing');
  const scope = await findTypes(ctx, asked, budget, { interner, onLabelled });
  files = scope.types.map((type) => openTypeFile(type, asked));
  const gathering: Gathering = { ctx, asked, budget, fromMs, interner, histories, workers, files, firstBlocker, tell };
  try {
    for (const file of files) if (file.isSeen()) firstBlocker.noteSeen(file.workflowType);
    for (const file of files) file.addOpen(scope.labelled.filter((run) => run.workflowType === file.workflowType));
    if (!isAnswerEnough) await readWhileListing(gathering);
    else if (!firstBlocker.isFound()) await readUntilBlocked(gathering);
    return await toGathered(gathering, scope);
  } finally {
    await histories.remember();
  }
}

/** Where one blocking run is answer enough: promising runs of each page first, then all, until one blocks. */
async function readUntilBlocked(gathering: Gathering): Promise<void> {
  const { asked, files, firstBlocker } = gathering;
  await listOpenRuns(gathering, (_file, runs) => firstBlocker.lookInto(runs));
  if (firstBlocker.isFound()) return;
  await findQueues(gathering);
  await readWorkers(gathering);
  for (const file of files) if (file.isSeen()) firstBlocker.noteSeen(file.workflowType);
  await firstBlocker.readUntil(files.flatMap((file) => file.judged(asked.policy)));
  if (firstBlocker.isFound()) return;
  await findWitnesses(gathering, identitiesAtWork);
  await closeEvidence(gathering);
}

function wantedOf(files: readonly TypeFile[]): number {
  return files.reduce((sum, file) => sum + file.openCount(), 0);
}

async function toGathered(gathering: Gathering, scope: TypeScope): Promise<Gathered> {
  const { asked, histories, workers, files } = gathering;
  const isStopped = gathering.firstBlocker.isFound();
  const { question, patchId, policy, facts } = asked;
  const types = files.map((file): TypeEvidence => {
    const queues = file.queues();
    const workersFromMs = workers.sinceMs(queues);
    const evidence = file.toEvidence(policy, histories, {
      ...(workersFromMs !== null && { workersFromMs }),
      workers: workers.workersOf(queues),
      areWorkersWatched: queues.length > 0 && workers.isWatched(queues),
    });
    // What was not read does not belong to an answer that was clear before.
    return isStopped ? { ...evidence, runs: evidence.runs.filter((run) => run.facts !== null) } : evidence;
  });
  const evidence: Evidence = {
    question,
    patchId,
    policy,
    types,
    otherTypes: scope.otherTypes,
    areTypesKnown: scope.areTypesKnown,
    facts,
    unreadCode: 'evidence-budget',
    unreadableRunIds: histories.unreadableRunIds,
    target: targetOf(asked, workers),
  };
  return {
    evidence,
    isStoppedAtBlocker: isStopped,
    lastClosedLeavesMs: policy === 'retention' ? await lastClosedLeaves(gathering) : null,
    queues: new Map(files.map((file) => [file.workflowType, file.queues()])),
  };
}

/** When retention lets go of the newest closed run, epoch ms; null: there is none, or the server does not say. */
async function lastClosedLeaves({ ctx, asked, budget, files }: Gathering): Promise<number | null> {
  const { namespace } = asked;
  const lastMs = Math.max(...files.map((file) => file.lastCloseMs() ?? -Infinity));
  if (lastMs === -Infinity) return null;
  const info = await budget.within(() => ctx.temporal.describeNamespace({ namespace }, { signal: budget.signal }));
  const retentionMs = info?.retentionMs ?? null;
  return retentionMs === null ? null : lastMs + retentionMs;
}
