import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Without it what is kept may land in a file that no server reads, and nothing would say so. Throws `invalid-request`. */
export function requireSharedStore({ config }: Pick<Ctx, 'config'>, instead: string): void {
  if (config.isStoreExplicit && config.storePath !== ':memory:') return;
  throw new CodedError(
    'invalid-request',
    'PATCHBOARD_DATABASE_URL does not name the store that the server uses.',
    `Set it to the same file as for \`patchboard serve\`, or ${instead}.`,
  );
}
