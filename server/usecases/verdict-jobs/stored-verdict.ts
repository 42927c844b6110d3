import { type StoredVerdict, type Verdict, verdictSchema } from '#lib/api/verdict/schemas.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { StoredAnswer } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import {
  changedDeclaration,
  newWorker,
  queuesOf,
  resetSince,
  type Withdrawal,
} from '#server/usecases/verdict-jobs/withdrawal.ts';

/** Queues that are looked at before an answer is shown again; one with more has to be asked anew. */
const QUEUES_MAX = 200;

/** What a stored answer is held against. */
export interface Present {
  readonly namespace: string;
  readonly snapshot: CensusSnapshot;
  /** Facts that stand now. */
  readonly facts: readonly DeclaredFact[];
}

/**
 * A stored answer as it holds now. Only a safe one can be withdrawn: what blocks may end, and asking again tells. When nobody can say
 * who polls, it counts as expired. null: it was stored in a form that is not known here.
 */
export async function storedVerdictOf(
  ctx: Ctx,
  present: Present,
  patch: PatchRef,
  { body, askedBy }: StoredAnswer,
): Promise<StoredVerdict | null> {
  const verdict = parsedAs(verdictSchema, body);
  if (verdict === null) return null;
  const isExpired = verdict.validUntil === null || Date.parse(verdict.validUntil) <= ctx.now();
  const told = { verdict, askedBy, isExpired, withdrawn: null };
  if (isExpired || verdict.answer !== 'safe') return told;
  const withdrawn =
    changedDeclaration(verdict, patch, present.facts) ??
    resetSince(verdict, present.snapshot) ??
    (await workerAppeared(ctx, present, verdict));
  return withdrawn === 'not-known' ? { ...told, isExpired: true } : { ...told, withdrawn };
}

async function workerAppeared(
  ctx: Ctx,
  { namespace, snapshot }: Present,
  verdict: Verdict,
): Promise<Withdrawal | 'not-known' | null> {
  const asked = verdict.byType.map((type) => ({ type, queues: queuesOf(type, verdict, snapshot) }));
  const names = new Set(asked.flatMap(({ queues }) => [...queues]));
  if (names.size > QUEUES_MAX || asked.some(({ queues }) => queues.size === 0)) return 'not-known';
  const read = await Promise.all(
    Array.from(names, async (taskQueue) => {
      const pollers = await ctx.verdicts.pollers(ctx.temporal, { namespace, taskQueue });
      return [taskQueue, pollers] as const;
    }),
  );
  const pollersOf = new Map(read);
  let isKnown = true;
  for (const { type, queues } of asked) {
    for (const taskQueue of queues) {
      const pollers = pollersOf.get(taskQueue) ?? null;
      if (pollers === null) {
        isKnown = false;
        continue;
      }
      const withdrawn = newWorker(type, verdict, taskQueue, pollers);
      if (withdrawn !== null) return withdrawn;
    }
  }
  return isKnown ? null : 'not-known';
}
