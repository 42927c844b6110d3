'use client';

import { Badge, Tag } from '#components/ui/badge.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { TypeVerdict, Verdict } from '#lib/api/verdict/schemas.ts';
import { patchKindOf } from '#lib/domain/verdict/question.ts';
import { formatNumber } from '#lib/format/count.ts';

type BuildRow = TypeVerdict['identities'][number] & { readonly workflowType: string };

function nameOf({ identity }: BuildRow): string | null {
  return identity === null ? null : (identity.deploymentVersion ?? identity.buildId);
}

function countColumn(id: 'live' | 'deprecated', header: string): DataColumn<BuildRow> {
  return {
    id,
    header,
    kind: 'number',
    value: (row) => row[id],
    cell: (row) => formatNumber(row[id]),
    width: 'w-28',
  };
}

const BUILD: DataColumn<BuildRow> = {
  id: 'build',
  header: 'Build',
  value: nameOf,
  cell: (row) => {
    const name = nameOf(row);
    return name === null ? 'sends no build ID' : <Identifier text={name} />;
  },
};

const REST: readonly DataColumn<BuildRow>[] = [
  {
    id: 'trust',
    header: 'Names one code',
    value: trustWords,
    cell: (row) => (row.isSuspect ? <Badge meaning="attention">suspect</Badge> : <Tag>{trustWords(row)}</Tag>),
    width: 'w-36',
  },
  {
    id: 'polls',
    header: 'Polls now',
    value: (row) => (row.isPolling ? 'yes' : 'no'),
    cell: (row) =>
      row.isPolling ? <span className="font-medium">yes</span> : <span className="text-ink-soft">no</span>,
    width: 'w-24',
  },
  {
    id: 'last',
    header: 'Last task',
    kind: 'time',
    value: (row) => (row.lastTask === null ? null : Date.parse(row.lastTask)),
    cell: (row) =>
      row.lastTask === null ? <span className="text-ink-soft">none read</span> : <Time iso={row.lastTask} />,
    width: 'w-28',
  },
  {
    id: 'queue',
    header: 'Queue',
    value: (row) => row.identity?.taskQueue ?? null,
    cell: ({ identity }) => {
      const taskQueue = identity?.taskQueue ?? null;
      return taskQueue === null ? <span className="text-ink-soft">any</span> : <Identifier text={taskQueue} />;
    },
    width: 'w-36',
  },
  {
    id: 'type',
    header: 'Workflow type',
    value: (row) => row.workflowType,
    cell: (row) => <Identifier text={row.workflowType} />,
    width: 'w-40',
  },
];

function trustWords({ isTrusted, isSuspect, lastTask }: BuildRow): string {
  if (isSuspect) return 'suspect';
  if (isTrusted) return 'yes';
  // Of a build that has done nothing yet nobody asked.
  return lastTask === null ? 'not looked at' : 'not declared';
}

const CORE_COLUMNS: readonly DataColumn<BuildRow>[] = [
  BUILD,
  countColumn('live', 'Live markers'),
  countColumn('deprecated', 'Deprecated'),
  ...REST,
];

const VERSION_COLUMNS: readonly DataColumn<BuildRow>[] = [
  BUILD,
  {
    id: 'versions',
    header: 'Versions',
    value: ({ versions }) => versions.join(', '),
    cell: ({ versions }) => (versions.length === 0 ? 'none' : versions.join(', ')),
    width: 'w-28',
  },
  ...REST,
];

/** Which build wrote what in the runs that were read, and which of them polls. */
export function BuildTable({ verdict }: { verdict: Verdict }) {
  const rows = verdict.byType.flatMap(({ workflowType, identities }) =>
    identities.map((identity) => ({ ...identity, workflowType })),
  );
  if (rows.length === 0) return null;
  return (
    <Section
      title="Who wrote what"
      about="Builds that worked on runs of these types or poll for them, with the markers of this patch that they recorded."
    >
      <DataTable
        caption="Builds and their markers"
        columns={patchKindOf(verdict.question) === 'core' ? CORE_COLUMNS : VERSION_COLUMNS}
        rows={rows}
        rowKey={(row) => `${JSON.stringify(row.identity)} ${row.workflowType}`}
        initialSort={{ id: 'last', isDescending: true }}
        noun="build"
        name={`builds-${verdict.question}`}
        empty={null}
      />
    </Section>
  );
}
