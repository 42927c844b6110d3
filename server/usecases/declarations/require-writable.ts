import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** What is declared decides answers, so it is a write like a change. Throws `read-only`. */
export function requireWritable({ config }: Pick<Ctx, 'config'>): void {
  if (config.readOnlyReason === null) return;
  throw new CodedError(
    'read-only',
    `Patchboard is read-only: ${config.readOnlyReason}`,
    'Declare it where writes are allowed.',
  );
}
