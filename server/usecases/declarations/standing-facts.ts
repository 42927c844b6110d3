import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { StoredFact } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Ids of facts that stand in the configuration begin so; ids of declared ones never do. */
export const CONFIGURED = 'configured:';

/** Id of a configured fact → the setting that it stands in. */
export const SETTING_OF: Readonly<Record<string, string>> = {
  [`${CONFIGURED}ids-name-one-code`]: 'PATCHBOARD_BUILD_IDS_IDENTIFY_CODE',
  [`${CONFIGURED}callback`]: 'PATCHBOARD_PATCH_CALLBACKS',
};

/** Every fact that a verdict may rest on: the configured ones, then the declared ones that nobody withdrew, oldest first. */
export async function standingFacts(
  ctx: Pick<Ctx, 'config' | 'store'>,
  namespace: string,
): Promise<readonly StoredFact[]> {
  const facts = await ctx.store.listFacts(namespace);
  return [...configuredFacts(ctx.config, namespace), ...facts.filter((fact) => fact.withdrawn === null)];
}

/** Facts that the configuration declares for the namespace. */
export function configuredFacts(
  config: Pick<Ctx['config'], 'buildIdsIdentifyCode' | 'patchCallbacks'>,
  namespace: string,
): readonly StoredFact[] {
  const facts: StoredFact[] = [];
  if (config.buildIdsIdentifyCode.includes(namespace))
    facts.push(factOf({ kind: 'ids-name-one-code', taskQueue: null }));
  if (config.patchCallbacks.includes(namespace)) facts.push(factOf({ kind: 'callback', use: 'in-use' }));
  return facts;
}

function factOf(claim: FactClaim): StoredFact {
  const id = `${CONFIGURED}${claim.kind}`;
  return { id, declaredBy: 'configuration', declaredAtMs: 0, note: SETTING_OF[id] ?? '', claim, withdrawn: null };
}
