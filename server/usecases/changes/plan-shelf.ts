import type { ChangePlan } from '#lib/api/changes/schemas.ts';

/** Expired plans are kept for a while, so that one can be told from a plan that never was. */
const KEEP_EXPIRED_MS = 3_600_000;

/** Plans in memory, at most `max`: old ones go first. */
export function createPlanShelf(max: number, now: () => number) {
  const plans = new Map<string, { readonly namespace: string; readonly plan: ChangePlan }>();

  function tidy(): void {
    for (const [id, { plan }] of plans) {
      const isStale = Date.parse(plan.expiresAt) + KEEP_EXPIRED_MS < now();
      if (!isStale && plans.size < max) return;
      plans.delete(id);
    }
  }

  return {
    put: (namespace: string, plan: ChangePlan): void => {
      tidy();
      plans.set(plan.id, { namespace, plan });
    },
    find: (namespace: string, id: string): ChangePlan | null => {
      const kept = plans.get(id);
      return kept?.namespace === namespace ? kept.plan : null;
    },
  };
}
