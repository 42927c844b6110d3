import type { NamespaceList } from '#lib/api/status/schemas.ts';
import { compareText } from '#lib/domain/census/compare-text.ts';
import { hasCode } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Temporal's own (`common/primitives/namespace.go`): its runs are nobody's release. */
const SYSTEM_NAMESPACE = 'temporal-system';

/** Namespaces to choose from, by name: the configured ones, else those the server lists. Throws `CodedError`. */
export async function listNamespaces(ctx: Ctx): Promise<NamespaceList> {
  const own = ctx.config.temporal.namespace;
  const names = ctx.config.namespaces.length > 0 ? [...ctx.config.namespaces, own] : await askServer(ctx, own);
  const items = [...new Set(names)]
    .filter((name) => name !== SYSTEM_NAMESPACE || name === own)
    .sort(compareText)
    .map((name) => ({ name }));
  return { items, default: own };
}

/** A key that may only use its own namespace cannot list them: then there is that one. */
async function askServer(ctx: Ctx, own: string): Promise<readonly string[]> {
  try {
    const namespaces = await ctx.temporal.listNamespaces({ signal: ctx.signal });
    return namespaces.map((namespace) => namespace.name);
  } catch (error) {
    if (hasCode(error, 'forbidden')) return [own];
    throw error;
  }
}
