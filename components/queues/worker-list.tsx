'use client';

import { Dot } from '#components/queues/poller-dot.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PollerItem, TaskQueue } from '#lib/api/task-queues/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { isPolling } from '#lib/format/poll-words.ts';

interface Worker {
  readonly identity: string;
  readonly kinds: readonly PollerItem['taskKind'][];
  readonly buildId: string | null;
  readonly useVersioning: boolean;
  readonly deploymentVersion: string | null;
  readonly lastPollAt: string;
}

/** Evidence: every worker that polled in the last five minutes, and with what. */
export function WorkerList({ queue }: { queue: TaskQueue }) {
  const nowMs = useNow();
  const workers = workersOf(queue.pollers);
  return (
    <Section title="Workers" about="Who polled in the last five minutes; Temporal forgets a worker after that.">
      {workers.length === 0 ? (
        <p className="rounded-md border border-line bg-surface p-3 text-ink-soft">
          No worker polled. One appears here with its first poll.
        </p>
      ) : (
        <ul className="max-h-[36rem] overflow-y-auto rounded-md border border-line bg-surface" aria-label="Workers">
          {workers.map((worker) => (
            <li
              key={`${worker.identity}\n${worker.buildId}\n${worker.useVersioning}\n${worker.deploymentVersion}`}
              className="flex gap-2 border-line px-3 py-2 text-sm not-first:border-t"
            >
              <Dot isFilled={isPolling(worker.lastPollAt, nowMs)} />
              <div className="min-w-0 flex-1">
                <Identifier text={worker.identity} />
                <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-ink-soft">
                  {worker.buildId === null ? 'no build ID' : <Identifier text={worker.buildId} />}
                  <span>
                    {routingWords(worker)}
                    {worker.kinds.join(' and ')} tasks
                  </span>
                  <span>
                    polled <Time iso={worker.lastPollAt} />
                  </span>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** How the worker is routed to, where it is not by version set. */
function routingWords({ useVersioning, deploymentVersion }: Worker): string {
  if (deploymentVersion !== null) return `deployment version ${escapeText(deploymentVersion)}, `;
  return useVersioning ? '' : 'unversioned, ';
}

/** One worker polls for both kinds of task under one identity. */
function workersOf(pollers: readonly PollerItem[]): readonly Worker[] {
  const groups = Map.groupBy(pollers, (poller) =>
    JSON.stringify([poller.identity, poller.buildId, poller.useVersioning, poller.deploymentVersion]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const kinds = [...new Set(group.map((poller) => poller.taskKind))].toSorted().toReversed();
    const lastPollAt = group.map((poller) => poller.lastPollAt).reduce((last, at) => (at > last ? at : last));
    return [
      {
        identity: first.identity,
        kinds,
        buildId: first.buildId,
        useVersioning: first.useVersioning,
        deploymentVersion: first.deploymentVersion,
        lastPollAt,
      },
    ];
  });
}
