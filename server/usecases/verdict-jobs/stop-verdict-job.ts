import type { VerdictJob } from '#lib/api/verdict/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { existingJob } from '#server/usecases/verdict-jobs/existing-job.ts';

/** Stops a question, for everybody who asked it; one that has ended stays as it is. Throws `not-found`. */
export async function stopVerdictJob(
  { verdicts }: Pick<Ctx, 'verdicts'>,
  { namespace, id }: { readonly namespace: string; readonly id: string },
): Promise<VerdictJob> {
  return existingJob(verdicts.stop(namespace, id));
}
