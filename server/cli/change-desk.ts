import { setTimeout as pause } from 'node:timers/promises';
import { isSettled } from '#lib/api/changes/is-settled.ts';
import {
  type Change,
  changeDetailSchema,
  type ChangePlan,
  type ChangePlanRequest,
  changePlanSchema,
} from '#lib/api/changes/schemas.ts';
import { type ApiError, isApiError } from '#lib/api/shared/api-error.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { namespaceListSchema } from '#lib/api/status/schemas.ts';
import { api } from '#lib/routes.ts';
import { CodedError } from '#server/errors.ts';
import { applyChange, type ApplyInput } from '#server/usecases/changes/apply-change.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import { CHANGE_TIMING } from '#server/usecases/changes/timing.ts';
import { waitTakenUp } from '#server/usecases/changes/wait-taken-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

type Wish = Omit<ApplyInput, 'namespace'>;

/** Where the command's changes are planned and applied: in this process with the server's store, or by a server. */
export interface ChangeDesk {
  readonly plan: (request: ChangePlanRequest) => Promise<ChangePlan>;
  /** The change once it has an outcome, or without one when that takes over a minute. */
  readonly apply: (wish: Wish) => Promise<Change>;
  /** The change once a worker took up, or as it is after so many milliseconds. */
  readonly waitTakenUp: (change: Change, limitMs: number) => Promise<Change>;
}

/** A command has nobody to come back for the outcome: it waits until there is one, longer than a lost reply takes. */
const ANSWER_MS = 60_000;
const POLL_MS = 500;

export function localDesk(ctx: Ctx, namespace: string, takeUpMs: number): ChangeDesk {
  const timing = { ...CHANGE_TIMING, takeUpMs, answerMs: ANSWER_MS };
  startSettling(ctx, timing);
  return {
    plan: (request) => planChange(ctx, { namespace, ...request }),
    apply: (wish) => applyChange(ctx, { namespace, ...wish }, timing),
    waitTakenUp: (change) => waitTakenUp(ctx, change),
  };
}

interface Remote {
  /** Without a slash at its end. */
  readonly server: string;
  /** null: the server's default one. */
  readonly namespace: string | null;
  readonly actor: string;
  readonly signal: AbortSignal;
}

export async function remoteDesk({ server, namespace, actor, signal }: Remote): Promise<ChangeDesk> {
  const ask = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw isApiError(error) ? codedOf(error, server) : error;
    });
  const name =
    namespace ?? (await ask(fetchJson(`${server}${api.namespaces()}`, namespaceListSchema, { signal }))).default;
  const headers = { 'patchboard-actor': actor };
  const get = (id: string) => fetchJson(`${server}${api.change(name, id)}`, changeDetailSchema, { signal });

  const until = async (change: Change, isEnough: (change: Change) => boolean, limitMs: number): Promise<Change> => {
    const endMs = Date.now() + limitMs;
    let known = change;
    while (!isEnough(known) && Date.now() < endMs && !signal.aborted) {
      await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
      // The change goes on without us: an answer that does not come is asked for again.
      known = await get(change.id).catch(() => known);
    }
    return known;
  };

  return {
    plan: (body) => ask(fetchJson(`${server}${api.changePlans(name)}`, changePlanSchema, { body, headers, signal })),
    apply: async ({ planId, confirm, idempotencyKey }) => {
      const send = () =>
        fetchJson(`${server}${api.changes(name)}`, changeDetailSchema, {
          body: { planId, confirm },
          headers: { ...headers, 'idempotency-key': idempotencyKey },
          signal,
        });
      const change = await ask(repeatedly(send, signal));
      return until(change, ({ outcome }) => outcome !== null, ANSWER_MS);
    },
    waitTakenUp: (change, limitMs) => until(change, isSettled, limitMs),
  };
}

/** With one Idempotency-Key the server applies once, so an answer that was lost on its way may be asked for again. */
async function repeatedly<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const endMs = Date.now() + ANSWER_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const isLost = isApiError(error) && (error.code === 'unreachable' || error.code === 'unreadable');
      if (!isLost || signal.aborted) throw error;
      if (Date.now() > endMs) {
        throw new CodedError(
          'ambiguous-write',
          `The answer was lost: ${error.message}`,
          'Look at the changes of the queue.',
        );
      }
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The server's own answer as it is; no answer of a Patchboard at all is a connection that failed. */
function codedOf({ code, message, hint }: ApiError, server: string): CodedError {
  if (code !== 'unreachable' && code !== 'unreadable') return new CodedError(code, message, hint);
  return new CodedError(
    'invalid-request',
    `No Patchboard answers at ${server}: ${message}`,
    'Check the address in --server.',
  );
}
