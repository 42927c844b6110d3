import type { VerdictJob } from '#lib/api/verdict/schemas.ts';
import { CodedError } from '#server/errors.ts';

/** Throws `not-found` where there is none. */
export function existingJob(job: VerdictJob | null): VerdictJob {
  if (job !== null) return job;
  throw new CodedError(
    'not-found',
    'There is no such question in this namespace.',
    'Questions are kept for half an hour; the answer itself is kept longer. Ask again.',
  );
}
