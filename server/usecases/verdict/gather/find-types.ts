import type { Interner } from '#lib/domain/census/intern.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { type DeclaredFact, factsOfKind } from '#lib/domain/verdict/declared-facts.ts';
import { declaredTypesOf } from '#lib/domain/verdict/declared-types.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import type { AskedIn } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { listRuns } from '#server/usecases/verdict/gather/list-runs.ts';
import { labelledRuns, openRunsOfType } from '#server/usecases/verdict/gather/searches.ts';

export interface TypeInScope {
  readonly workflowType: string;
  /** The patch was seen in it before, or is declared for it. */
  readonly isRemembered: boolean;
  /** Core ids remembered for the type. */
  readonly knownPatchIds: readonly string[];
}

export interface TypeScope {
  readonly types: readonly TypeInScope[];
  /** One type was named, or a declared list says which use the patch. */
  readonly areTypesKnown: boolean;
  /** Types with open runs that are not looked at, as far as a picture shows them. */
  readonly otherTypes: readonly string[];
  /** Open runs labelled with the patch, when they were listed to find the types. */
  readonly labelled: readonly RunSummary[];
}

interface FindOptions {
  readonly interner: Interner;
  /** Called with each page of labelled runs; true: enough is known, the listing ends. */
  readonly onLabelled: (runs: readonly RunSummary[]) => Promise<boolean>;
}

/** Which workflow types the question is about: the named one, the declared list, or those that labels and memory show. */
export async function findTypes(
  ctx: Ctx,
  asked: AskedIn,
  budget: Budget,
  { interner, onLabelled }: FindOptions,
): Promise<TypeScope> {
  const { namespace, question, patchId, workflowType, facts } = asked;
  const patch = patchOf(question, patchId);
  const seen = await ctx.store.listPatches(namespace);
  const remembered = seen.find((known) => isOf(known, patch))?.workflowTypes ?? [];
  const list = declaredTypesOf(facts, patch);
  const declared = list === null ? null : [...new Set(list)];
  const inScope = (type: string): TypeInScope => ({
    workflowType: type,
    isRemembered: remembered.includes(type) || declared?.includes(type) === true || isInManifest(facts, asked, type),
    knownPatchIds: seen.flatMap(({ kind, id, workflowTypes }) =>
      kind === 'core' && workflowTypes.includes(type) ? [id] : [],
    ),
  });
  if (workflowType !== null) {
    return { types: [inScope(workflowType)], areTypesKnown: true, otherTypes: [], labelled: [] };
  }
  if (declared !== null) {
    // A type that recorded the patch and is not in the list contradicts it: its runs have to be read to show that.
    const outside = await withOpenRuns(ctx, asked, budget, { interner, types: remembered, except: declared });
    const types = [...declared, ...outside];
    return { types: types.map(inScope), areTypesKnown: true, otherTypes: [], labelled: [] };
  }
  const search = { namespace, interner, ...labelledRuns(question, patchId), onPage: onLabelled };
  const { runs } = await listRuns(ctx, search, budget);
  const types = [...new Set([...runs.map((run) => run.workflowType), ...remembered])].toSorted();
  const picture = ctx.census.snapshot(namespace);
  const otherTypes = new Set(picture.runs.map((run) => run.summary.workflowType));
  for (const type of types) otherTypes.delete(type);
  return { types: types.map(inScope), areTypesKnown: false, otherTypes: [...otherTypes].toSorted(), labelled: runs };
}

interface OutsideOptions {
  readonly interner: Interner;
  readonly types: readonly string[];
  readonly except: readonly string[];
}

/** Of these types those with an open run: a type whose last run is gone contradicts nothing any more. */
async function withOpenRuns(
  ctx: Ctx,
  { namespace }: AskedIn,
  budget: Budget,
  { interner, types, except }: OutsideOptions,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const type of types) {
    if (except.includes(type)) continue;
    const search = { namespace, interner, ...openRunsOfType(type), pagesMax: 1 };
    const { runs, isComplete } = await listRuns(ctx, search, budget);
    if (runs.length > 0 || !isComplete) found.push(type);
  }
  return found;
}

function isInManifest(facts: readonly DeclaredFact[], { question, patchId }: AskedIn, type: string): boolean {
  const patch = patchOf(question, patchId);
  return factsOfKind(facts, 'manifest').some(({ claim }) =>
    claim.patches.some(
      (entry) =>
        isOf(entry, patch) &&
        entry.workflowType === type &&
        (entry.kind === 'core' ? entry.call !== 'none' : entry.version !== null),
    ),
  );
}
