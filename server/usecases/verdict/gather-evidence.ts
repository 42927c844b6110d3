import type { RunSummary } from '#lib/domain/census/types.ts';
import { compareExamples } from '#lib/domain/verdict/examples.ts';
import { isLabelOf } from '#lib/domain/verdict/scope.ts';
import { patchKindOf } from '#lib/domain/verdict/question.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { type Gathered, openDesk } from '#server/usecases/verdict/evidence-desk.ts';
import { type AskedIn, findLabelledRuns, findRunsOfType } from '#server/usecases/verdict/find-runs.ts';
import { readRuns } from '#server/usecases/verdict/read-runs.ts';

/**
 * What one namespace says to one question, at the least cost: runs labelled with the patch first, then every open run of the
 * types that use it (labels find runs, they never clear one). Reading ends soon after a run that blocks.
 */
export async function gatherEvidence(ctx: Ctx, asked: AskedIn, budget: Budget): Promise<Gathered> {
  const { namespace, question, patchId, workflowType } = asked;
  const rememberedTypes = await rememberedTypesOf(ctx, asked);
  const trust = { areBuildIdsDeclared: ctx.config.buildIdsIdentifyCode.includes(namespace) };
  const desk = openDesk({ question, patchId, workflowType, rememberedTypes, trust });

  async function read(runs: readonly RunSummary[]): Promise<void> {
    desk.hold(runs);
    await readRuns(
      ctx,
      {
        namespace,
        runs: desk.unreadOf(runs),
        onRead: desk.putRead,
        onUnreadable: desk.putUnreadable,
        isEnough: desk.isEnough,
      },
      budget,
    );
  }

  const labelled = await findLabelledRuns(ctx, asked, budget);
  desk.hold(labelled.runs);
  let isListComplete = labelled.isComplete;
  // Runs without the marker are what blocks `deprecate`: of the labelled ones, one a type shows that the type uses the patch.
  await read(question.name === 'deprecate' ? oldestOfEachType(labelled.runs) : labelled.runs.toSorted(compareExamples));

  const types = workflowType === null ? typesOf(labelled.runs, rememberedTypes) : [workflowType];
  for (const type of types) {
    if (desk.hasBlocker()) return desk.finish({ isListComplete, isAllAsked: false });
    const ofType = await findRunsOfType(ctx, namespace, type, budget);
    isListComplete &&= ofType.isComplete;
    await read(unlabelledFirst(ofType.runs, asked));
  }
  return desk.finish({ isListComplete, isAllAsked: true });
}

async function rememberedTypesOf(
  ctx: Ctx,
  { namespace, question, patchId }: AskedIn,
): Promise<readonly string[] | null> {
  const kind = patchKindOf(question.name);
  const remembered = await ctx.store.listPatches(namespace);
  return remembered.find((patch) => patch.kind === kind && patch.id === patchId)?.workflowTypes ?? null;
}

function typesOf(labelled: readonly RunSummary[], rememberedTypes: readonly string[] | null): readonly string[] {
  return [...new Set([...labelled.map((run) => run.workflowType), ...(rememberedTypes ?? [])])].toSorted();
}

function oldestOfEachType(runs: readonly RunSummary[]): readonly RunSummary[] {
  const oldest = new Map<string, RunSummary>();
  for (const run of runs.toSorted(compareExamples)) {
    if (!oldest.has(run.workflowType)) oldest.set(run.workflowType, run);
  }
  return [...oldest.values()];
}

/** Oldest first, runs without the label before those with it: what no label found is what is still to be learnt. */
function unlabelledFirst(runs: readonly RunSummary[], { question, patchId }: AskedIn): readonly RunSummary[] {
  const isLabelled = (run: RunSummary) => run.labels.some((label) => isLabelOf(label, question, patchId));
  const oldestFirst = runs.toSorted(compareExamples);
  return [...oldestFirst.filter((run) => !isLabelled(run)), ...oldestFirst.filter(isLabelled)];
}
