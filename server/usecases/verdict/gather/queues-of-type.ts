import type { Interner } from '#lib/domain/census/intern.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { hasCode } from '#server/errors.ts';
import type { ScheduleStart } from '#server/temporal/port.ts';
import { allOf, CLOSED_RUNS, notOnTaskQueues, ofType } from '#server/temporal/query.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { listRuns } from '#server/usecases/verdict/gather/list-runs.ts';
import { closedRunsOfType } from '#server/usecases/verdict/gather/searches.ts';

/** Rounds of "is there a closed run on yet another queue": each finds at least one more. */
const ROUNDS_MAX = 5;

export interface ClosedOfType {
  /** The newest closed runs; all of them when `isComplete`. */
  readonly runs: readonly RunSummary[];
  readonly isComplete: boolean;
  /** Closed runs that retention holds; null: not counted. */
  readonly count: number | null;
  /** Queues of closed runs beside those of `runs`. */
  readonly otherQueues: readonly string[];
  /** False: there may be closed runs on queues that are not known. */
  readonly areQueuesKnown: boolean;
}

export interface ClosedInput {
  readonly namespace: string;
  readonly workflowType: string;
  readonly interner: Interner;
  /** Queues known already. */
  readonly queues: readonly string[];
  /** True: all closed runs are wanted, not the newest page. */
  readonly isAll: boolean;
}

/** Closed runs of the type that retention still holds, and all of their queues, in as few calls as possible. */
export async function listClosed(ctx: Ctx, input: ClosedInput, budget: Budget): Promise<ClosedOfType> {
  const { namespace, workflowType, interner, isAll } = input;
  const search = { namespace, interner, ...closedRunsOfType(workflowType), ...(isAll ? {} : { pagesMax: 1 }) };
  const { runs, isComplete } = await listRuns(ctx, search, budget);
  if (isComplete) return { runs, isComplete, count: runs.length, otherQueues: [], areQueuesKnown: true };
  try {
    const count = await budget.visibility(namespace, (signal) =>
      ctx.temporal.countRuns({ namespace, query: allOf(ofType(workflowType), CLOSED_RUNS) }, { signal }),
    );
    const known = new Set([...input.queues, ...runs.map((run) => run.taskQueue)]);
    const others = await findOtherQueues(ctx, input, known, budget);
    return { runs, isComplete, count, ...others };
  } catch (error) {
    // A name that the list filter cannot ask for.
    if (!hasCode(error, 'query-refused')) throw error;
    return { runs, isComplete, count: null, otherQueues: [], areQueuesKnown: false };
  }
}

/** Asks for closed runs on no known queue until there are none. */
async function findOtherQueues(
  ctx: Ctx,
  { namespace, workflowType, interner }: ClosedInput,
  known: Set<string>,
  budget: Budget,
): Promise<Pick<ClosedOfType, 'otherQueues' | 'areQueuesKnown'>> {
  const found: string[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const query = allOf(ofType(workflowType), CLOSED_RUNS, ...notOnTaskQueues([...known]));
    const queries = [() => query];
    const { runs, isComplete } = await listRuns(
      ctx,
      { namespace, interner, queries, keep: () => true, pagesMax: 1 },
      budget,
    );
    for (const { taskQueue } of runs) {
      if (!known.has(taskQueue)) found.push(taskQueue);
      known.add(taskQueue);
    }
    if (isComplete) return { otherQueues: found, areQueuesKnown: true };
    if (budget.isOver()) break;
  }
  return { otherQueues: found, areQueuesKnown: false };
}

export interface SchedulesOfTypes {
  readonly starts: readonly ScheduleStart[];
  /** False: not every schedule could be looked at. */
  readonly isComplete: boolean;
}

/** Schedules that start one of the types: their queues serve it though no run may be there now. */
export async function findSchedules(
  ctx: Ctx,
  namespace: string,
  workflowTypes: ReadonlySet<string>,
  budget: Budget,
): Promise<SchedulesOfTypes> {
  const starts: ScheduleStart[] = [];
  let pageToken: Uint8Array | undefined;
  do {
    const page = await budget.visibility(namespace, (signal) =>
      ctx.temporal.listSchedules({ namespace, ...(pageToken && { pageToken }) }, { signal }),
    );
    if (page === null) return { starts, isComplete: false };
    // Where the list does not say what a schedule starts, it has to be asked.
    for (const { scheduleId, workflowType } of page.schedules) {
      if (workflowType !== '' && !workflowTypes.has(workflowType)) continue;
      const start = await budget.within(() =>
        ctx.temporal.describeSchedule({ namespace, scheduleId }, { signal: budget.signal }),
      );
      if (budget.isOver()) return { starts, isComplete: false };
      if (start !== null && workflowTypes.has(start.workflowType)) starts.push(start);
    }
    pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (pageToken !== undefined);
  return { starts, isComplete: true };
}
