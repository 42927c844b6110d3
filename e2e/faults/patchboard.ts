import { randomUUID } from 'node:crypto';
import { SHORT, SHORT_CLAIMS } from '#e2e/faults/short-timing.ts';
import type { Scenario } from '#e2e/faults/scenarios.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { isCodedError } from '#server/errors.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { createLedger } from '#server/usecases/changes/ledger.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { startWatchingQueues } from '#server/usecases/changes/watch-queues.ts';
import type { Ctx } from '#server/usecases/context.ts';

export type SetsCalls = Pick<TemporalPort, 'getVersionSets' | 'updateVersionSets'>;

/** What is wished of one queue; its key makes it one wish however often it is sent. */
export interface Wish {
  readonly planId: string;
  readonly confirm: true | string;
  readonly idempotencyKey: string;
}

/** The use cases of one Patchboard process on a store file: what the command and the server run. */
export interface Patchboard extends AsyncDisposable {
  readonly ctx: Ctx;
  /** From now on the changes of this queue go this way, and only they: plans and watches go straight to Temporal. */
  readonly routeThrough: (taskQueue: string, calls: SetsCalls) => void;
  readonly plan: (taskQueue: string, scenario: Pick<Scenario, 'operation'>) => Promise<Wish>;
  /** Sends the wish, for the first time or again. @returns the change's id; null where the wish was not taken */
  readonly apply: (wish: Wish) => Promise<string | null>;
  /** What the record says of it; null: nothing. */
  readonly find: (wish: Pick<Wish, 'idempotencyKey'>) => Promise<ChangeDetail | null>;
}

export interface PatchboardOptions {
  readonly storePath: string;
  /** Where nothing disturbs. */
  readonly address: string;
  readonly namespace: string;
  /** Settles what others left, and watches queues, as a served process does. */
  readonly isServing: boolean;
}

/** Often: what was seen is compared with what was done while changes are under way. */
const WATCH_ROUND_MS = 2_000;
const PLAN_TIMEOUT_MS = 60_000;

export function portAt(address: string, namespace: string): TemporalPort {
  return createTemporal({ address, namespace, apiKey: null, tls: null, metadata: {} });
}

export async function openPatchboard(options: PatchboardOptions): Promise<Patchboard> {
  const { storePath, address, namespace, isServing } = options;
  const store = await createStore(storePath);
  const straight = portAt(address, namespace);
  const routes = new Map<string, SetsCalls>();
  const routed: TemporalPort = {
    ...straight,
    getVersionSets: (input, more) => (routes.get(input.taskQueue) ?? straight).getVersionSets(input, more),
    updateVersionSets: (input, more) => (routes.get(input.taskQueue) ?? straight).updateVersionSets(input, more),
  };
  const changes = createLedger(store.record, { now: Date.now, timing: SHORT_CLAIMS });
  const ctx = testCtx(routed, { store, changes });
  const beside = { ...ctx, temporal: straight };
  if (isServing) {
    startSettling(ctx, SHORT, SHORT_CLAIMS.sweepMs);
    startWatchingQueues(
      { ...beside, config: { ...ctx.config, temporal: { ...ctx.config.temporal, namespace } } },
      WATCH_ROUND_MS,
    );
  }
  const find: Patchboard['find'] = ({ idempotencyKey }) => changes.findByKey(namespace, idempotencyKey);
  return {
    ctx,
    routeThrough: (taskQueue, calls) => void routes.set(taskQueue, calls),
    plan: async (taskQueue, { operation }) => {
      const wish = { namespace, taskQueue, operation, reason: 'fault proof' };
      // A busy server is no fault of these proofs: no plan is struck.
      const plan = await waitFor(() => planChange(beside, wish, SHORT), { what: 'a plan', timeoutMs: PLAN_TIMEOUT_MS });
      return { planId: plan.id, confirm: plan.mustConfirm ?? true, idempotencyKey: randomUUID() };
    },
    apply: async (wish) => {
      try {
        return (await applyChange(ctx, { namespace, ...wish }, SHORT)).id;
      } catch (error) {
        // Conflicts and refusals are answers too; so is Temporal's absence. The record has the change.
        if (!isCodedError(error)) throw error;
        return (await find(wish))?.id ?? null;
      }
    },
    find,
    [Symbol.asyncDispose]: async () => {
      await changes.stop();
      straight.close();
      await store.close();
    },
  };
}
