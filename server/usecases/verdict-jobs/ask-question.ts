import type { AskRequest, VerdictJob } from '#lib/api/verdict/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';

/**
 * Starts to answer a question, or joins the one who gathers for it already. Throws `namespace-not-found`, `invalid-request` for a
 * question that does not suit the patch, `rate-limited` when too many wait.
 */
export async function askQuestion(
  ctx: Ctx,
  { namespace, request }: { readonly namespace: string; readonly request: AskRequest },
): Promise<VerdictJob> {
  await pictureOfNamespace(ctx, namespace);
  return ctx.verdicts.ask(ctx, namespace, request);
}
