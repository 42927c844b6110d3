import type { Run } from '#lib/api/runs/schemas.ts';
import { CodedError, hasCode } from '#server/errors.ts';
import { readRun, type RunCtx, type RunRequest } from '#server/usecases/runs/read-run.ts';
import { toRun } from '#server/usecases/runs/to-wire.ts';

/** One run through the version lens. Throws `CodedError`: `not-found` for a run that Temporal does not have (any more). */
export async function getRun(ctx: RunCtx, request: RunRequest): Promise<Run> {
  try {
    return toRun(await readRun(ctx, request), request, ctx.now());
  } catch (error) {
    if (!hasCode(error, 'not-found')) throw error;
    const { workflowId, runId } = request;
    throw new CodedError(
      'not-found',
      runId === ''
        ? `Temporal has no run of the workflow ${JSON.stringify(workflowId)}.`
        : `Temporal has no run ${JSON.stringify(runId)} of the workflow ${JSON.stringify(workflowId)}.`,
      'Check both ids and the namespace. A closed run is gone after the namespace’s retention.',
      { cause: error },
    );
  }
}
