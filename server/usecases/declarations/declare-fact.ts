import { randomUUID } from 'node:crypto';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Claim, Declaration } from '#lib/api/declarations/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { StoredFact } from '#server/store/port.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { claimProblem } from '#server/usecases/declarations/claim-problem.ts';
import { requireWritable } from '#server/usecases/declarations/require-writable.ts';
import { indexStanding } from '#server/usecases/declarations/same-claim.ts';
import { SETTING_OF, standingFacts } from '#server/usecases/declarations/standing-facts.ts';
import { toDeclaration } from '#server/usecases/declarations/to-declaration.ts';

interface DeclareInput {
  readonly namespace: string;
  readonly note: string;
}

/**
 * Keeps a claim under who makes it and when. A claim that stands already is given as it is. Throws `invalid-request` for a claim that
 * cannot be meant, `refused` for one that another would leave without effect, `read-only`, `store-unavailable`.
 */
export async function declareFact(
  ctx: Ctx,
  { claim, ...input }: DeclareInput & { claim: Claim },
): Promise<Declaration> {
  const [declaration] = await declareFacts(ctx, { claims: [claim], ...input });
  if (declaration === undefined) throw new Error('One claim was declared and no declaration came of it.');
  return declaration;
}

/** The same of several claims, in their order: all are looked at before the first is kept. */
export async function declareFacts(
  ctx: Ctx,
  { namespace, note, claims }: DeclareInput & { readonly claims: readonly Claim[] },
): Promise<readonly Declaration[]> {
  requireWritable(ctx);
  for (const claim of claims) requireMeant(claim, ctx.now());
  const standing = await standingFacts(ctx, namespace);
  const index = indexStanding(standing);
  const declarations: Declaration[] = [];
  for (const claim of claims.map(toFactClaim)) {
    const known = index.find(claim);
    if (known === null) requireEffect(standing, claim);
    const fact = known ?? (await keep(ctx, namespace, { claim, note }));
    index.add(fact);
    declarations.push(toDeclaration(fact));
  }
  return declarations;
}

async function keep(
  ctx: Ctx,
  namespace: string,
  { claim, note }: Pick<StoredFact, 'claim' | 'note'>,
): Promise<StoredFact> {
  const fact = { id: randomUUID(), declaredBy: ctx.actor, declaredAtMs: ctx.now(), note, claim };
  await ctx.store.declareFact(namespace, fact);
  ctx.log.info({ namespace, actor: ctx.actor, fact: fact.id, kind: claim.kind }, 'declared');
  return { ...fact, withdrawn: null };
}

function requireMeant(claim: Claim, nowMs: number): void {
  const problem = claimProblem(claim, nowMs);
  if (problem === null) return;
  throw new CodedError('invalid-request', problem, 'The claims are described in docs/verdict.md.');
}

/** A callback in use stands until it is taken back, whatever else is declared. */
function requireEffect(standing: readonly StoredFact[], claim: FactClaim): void {
  if (claim.kind !== 'callback' || claim.use === 'in-use') return;
  const inUse = standing.find((fact) => fact.claim.kind === 'callback' && fact.claim.use === 'in-use');
  if (inUse === undefined) return;
  const setting = SETTING_OF[inUse.id];
  throw new CodedError(
    'refused',
    'A patch activation callback is declared to be in use, and that counts until it is taken back.',
    setting === undefined
      ? `Withdraw ${inUse.id} first.`
      : `Take the namespace out of ${setting} and start Patchboard again.`,
  );
}
