import { QueueLink } from '#components/queues/queue-link.tsx';
import { Count } from '#components/ui/count.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { Time } from '#components/ui/time.tsx';
import type { TaskQueueItem } from '#lib/api/task-queues/schemas.ts';
import { formatNumber } from '#lib/format/count.ts';

/** Build IDs named in a row; the queue's own page has all. */
const NAMED_BUILDS = 2;

export const queueColumns: readonly DataColumn<TaskQueueItem>[] = [
  {
    id: 'queue',
    header: 'Queue',
    value: (queue) => queue.name,
    cell: (queue) => <QueueLink name={queue.name} />,
  },
  {
    id: 'openRuns',
    header: 'Open runs',
    kind: 'number',
    width: '@2xl:w-36',
    value: (queue) => queue.openRuns,
    cell: (queue) => <Count value={queue.openRuns} noun="open run" />,
  },
  {
    id: 'builds',
    header: 'Builds',
    value: (queue) => queue.builds.map((build) => build.buildId).join(' ') || null,
    cell: (queue) => <Builds builds={queue.builds} />,
  },
  {
    id: 'oldest',
    header: 'Oldest run',
    kind: 'time',
    width: '@2xl:w-32',
    value: (queue) => (queue.oldestOpenStart === null ? null : Date.parse(queue.oldestOpenStart)),
    cell: (queue) =>
      queue.oldestOpenStart === null ? (
        <span className="text-ink-soft">no open run</span>
      ) : (
        <Time iso={queue.oldestOpenStart} />
      ),
  },
  {
    id: 'lastSeen',
    header: 'Last seen',
    kind: 'time',
    width: '@2xl:w-32',
    value: (queue) => Date.parse(queue.lastSeen),
    cell: (queue) => <Time iso={queue.lastSeen} />,
  },
];

function Builds({ builds }: Pick<TaskQueueItem, 'builds'>) {
  if (builds.length === 0) return <span className="text-ink-soft">none in open runs</span>;
  const isAllUnversioned = builds.every((build) => !build.isVersioned);
  const named = builds.toSorted((a, b) => b.openRuns - a.openRuns).slice(0, NAMED_BUILDS);
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
      {named.map((build) => (
        <span key={`${build.isVersioned}:${build.buildId}`} className="inline-flex min-w-0 items-baseline gap-1">
          <IdentifierText text={build.buildId} />
          <span className="whitespace-nowrap text-ink-soft">
            {build.isVersioned || isAllUnversioned ? '' : 'unversioned '}× {formatNumber(build.openRuns)}
          </span>
        </span>
      ))}
      {builds.length > NAMED_BUILDS ? (
        <span className="text-ink-soft">and {builds.length - NAMED_BUILDS} more</span>
      ) : null}
      {isAllUnversioned ? <span className="text-ink-soft">unversioned</span> : null}
    </span>
  );
}
