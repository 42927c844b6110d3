import type { Declaration } from '#lib/api/declarations/schemas.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { requireWritable } from '#server/usecases/declarations/require-writable.ts';
import { CONFIGURED, configuredFacts, SETTING_OF } from '#server/usecases/declarations/standing-facts.ts';
import { toDeclaration } from '#server/usecases/declarations/to-declaration.ts';

/**
 * Takes a declaration back; it stays in the list with who and when. One that was taken back before is given as it is. Throws `not-found`,
 * `refused` for what stands in the configuration, `read-only`, `store-unavailable`.
 */
export async function withdrawFact(
  ctx: Ctx,
  { namespace, id }: { readonly namespace: string; readonly id: string },
): Promise<Declaration> {
  requireWritable(ctx);
  if (id.startsWith(CONFIGURED) && configuredFacts(ctx.config, namespace).some((fact) => fact.id === id)) {
    throw new CodedError(
      'refused',
      `This stands in the configuration, under ${SETTING_OF[id] ?? 'a setting'}.`,
      'Take the namespace out of that setting and start Patchboard again.',
    );
  }
  if (await ctx.store.withdrawFact(namespace, id, ctx.actor, ctx.now())) {
    ctx.log.info({ namespace, actor: ctx.actor, fact: id }, 'withdrawn');
  }
  const fact = (await ctx.store.listFacts(namespace)).find((known) => known.id === id);
  if (fact !== undefined) return toDeclaration(fact);
  throw new CodedError(
    'not-found',
    'There is no such declaration in this namespace.',
    'The list of declarations has the ids: `patchboard declare --list`.',
  );
}
