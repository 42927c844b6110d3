import type { Poller } from '#lib/domain/task-queues/types.ts';
import { createGate } from '#server/census/gate.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** Pages ask every few seconds; a worker that appeared may be told that much later. */
const KEPT_MS = 10_000;
const CALLS_AT_ONCE = 8;
/** An answer must not wait long for this: without it it counts as expired. */
const CALL = { deadlineMs: 2_000, maxAttempts: 1 } as const;

interface Asked {
  readonly namespace: string;
  readonly taskQueue: string;
}

/** Who polls a queue for workflow tasks, read at most once in ten seconds for all who ask. null: it could not be read. */
export type PollerWatch = (
  temporal: Pick<TemporalPort, 'listPollers'>,
  asked: Asked,
) => Promise<readonly Poller[] | null>;

export function createPollerWatch({ now }: { readonly now: () => number }): PollerWatch {
  const gate = createGate(CALLS_AT_ONCE);
  /** In order of reading. */
  const read = new Map<string, { readonly atMs: number; readonly pollers: ReturnType<PollerWatch> }>();

  return (temporal, { namespace, taskQueue }) => {
    for (const [key, { atMs }] of read) {
      if (now() - atMs < KEPT_MS) break;
      read.delete(key);
    }
    const key = JSON.stringify([namespace, taskQueue]);
    const known = read.get(key);
    if (known) return known.pollers;
    // Shared by all who ask, so nobody's own abort ends it. A failure is kept as well: an unreachable Temporal is not asked at each page.
    const pollers = gate
      .run(() => temporal.listPollers({ namespace, taskQueue }, CALL))
      .then((found) => found.filter(({ taskKind }) => taskKind === 'workflow'))
      .catch(() => null);
    read.set(key, { atMs: now(), pollers });
    return pollers;
  };
}
