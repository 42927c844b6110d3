import type { DeclarationList } from '#lib/api/declarations/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { configuredFacts } from '#server/usecases/declarations/standing-facts.ts';
import { toDeclaration } from '#server/usecases/declarations/to-declaration.ts';

/** Every declaration of the namespace, withdrawn ones too, newest first; configured ones stand last. */
export async function listDeclarations(ctx: Ctx, { namespace }: { namespace: string }): Promise<DeclarationList> {
  const facts = [...configuredFacts(ctx.config, namespace), ...(await ctx.store.listFacts(namespace))];
  return { items: facts.toReversed().map(toDeclaration) };
}
