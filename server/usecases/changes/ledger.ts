import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { createPlanShelf } from '#server/usecases/changes/plan-shelf.ts';
import { createWorkbench, type Workbench } from '#server/usecases/changes/workbench.ts';

/** What became of an intent: it is the first with its key, or the key's change exists already. */
export type Begun = { readonly isNew: true } | { readonly isNew: false; readonly change: Change };

export interface ChangePage {
  readonly items: readonly Change[];
  readonly nextCursor: string | null;
}

/**
 * Plans and changes of this process. `begin` comes before every write to Temporal: an intent that cannot be kept refuses the
 * change. Functions are asynchronous and may throw `CodedError` `store-unavailable`, as a durable record would.
 */
export interface ChangeLedger {
  readonly savePlan: (namespace: string, plan: ChangePlan) => Promise<void>;
  readonly findPlan: (namespace: string, id: string) => Promise<ChangePlan | null>;
  /** Keeps an intent under its idempotency key, both at once: of two with one key, one is new. */
  readonly begin: (change: Change, idempotencyKey: string) => Promise<Begun>;
  readonly findByKey: (namespace: string, idempotencyKey: string) => Promise<Change | null>;
  /** Replaces what is known of a change that was begun. */
  readonly update: (change: Change) => Promise<void>;
  readonly find: (namespace: string, id: string) => Promise<Change | null>;
  /** Newest first. `cursor` is the `nextCursor` of the page before. */
  readonly list: (namespace: string, page: { limit: number; cursor?: string }) => Promise<ChangePage>;
  readonly workbench: Workbench;
  /** Ends what is under way; every change that was begun has recorded what is known. */
  readonly stop: () => Promise<void>;
}

/** Bounds of memory: plans expire in minutes, and a thousand changes are weeks of a busy team. */
const MAX_PLANS = 500;
const MAX_CHANGES = 1_000;

interface Kept {
  readonly change: Change;
  readonly idempotencyKey: string;
}

/** A ledger that ends with the process. The oldest plans and changes make room for new ones. */
export function createMemoryLedger({ now }: { readonly now: () => number }): ChangeLedger {
  const plans = createPlanShelf(MAX_PLANS, now);
  const kept = new Map<string, Kept>();
  const workbench = createWorkbench();

  const findKept = (namespace: string, wanted: (kept: Kept) => boolean): Change | null =>
    kept.values().find((entry) => entry.change.namespace === namespace && wanted(entry))?.change ?? null;
  const findByKey = (namespace: string, key: string) => findKept(namespace, (entry) => entry.idempotencyKey === key);

  return {
    savePlan: async (namespace, plan) => plans.put(namespace, plan),
    findPlan: async (namespace, id) => plans.find(namespace, id),
    begin: async (change, idempotencyKey) => {
      const known = findByKey(change.namespace, idempotencyKey);
      if (known) return { isNew: false, change: known };
      const ended = kept.values().find((entry) => entry.change.outcome !== null);
      if (kept.size >= MAX_CHANGES && ended) kept.delete(ended.change.id);
      kept.set(change.id, { change, idempotencyKey });
      return { isNew: true };
    },
    findByKey: async (namespace, key) => findByKey(namespace, key),
    update: async (change) => {
      const entry = kept.get(change.id);
      if (entry) kept.set(change.id, { ...entry, change });
    },
    find: async (namespace, id) => findKept(namespace, (entry) => entry.change.id === id),
    list: async (namespace, { limit, cursor }) => {
      const all = Array.from(kept.values(), (entry) => entry.change).filter((change) => change.namespace === namespace);
      const newestFirst = all.toReversed();
      const from = cursor === undefined ? 0 : newestFirst.findIndex((change) => change.id === cursor) + 1;
      const items = newestFirst.slice(from, from + limit);
      const hasMore = from + limit < newestFirst.length;
      return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null };
    },
    workbench,
    stop: workbench.stop,
  };
}
