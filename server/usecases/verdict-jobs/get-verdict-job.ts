import type { VerdictJob } from '#lib/api/verdict/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { existingJob } from '#server/usecases/verdict-jobs/existing-job.ts';

/** A question as it stands now: gathering, or how it ended. Throws `not-found`. */
export async function getVerdictJob(
  { verdicts }: Pick<Ctx, 'verdicts'>,
  { namespace, id }: { readonly namespace: string; readonly id: string },
): Promise<VerdictJob> {
  return existingJob(verdicts.get(namespace, id));
}
