'use client';

import { Count } from '#components/ui/count.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';

type TypeRow = Patch['byType'][number];

function numberColumn(id: string, header: string, value: (row: TypeRow) => number): DataColumn<TypeRow> {
  return { id, header, kind: 'number', value, cell: (row) => <Count value={value(row)} noun="run" />, width: 'w-28' };
}

const TYPE: DataColumn<TypeRow> = {
  id: 'type',
  header: 'Workflow type',
  value: (row) => row.workflowType,
  cell: (row) => <Identifier text={row.workflowType} />,
};

const OLDEST: DataColumn<TypeRow> = {
  id: 'oldest',
  header: 'Oldest',
  kind: 'time',
  value: (row) => (row.counts.oldestOpenStart === null ? null : Date.parse(row.counts.oldestOpenStart)),
  cell: (row) => (row.counts.oldestOpenStart === null ? 'none open' : <Time iso={row.counts.oldestOpenStart} />),
  width: 'w-32',
};

const SHARED: readonly DataColumn<TypeRow>[] = [
  numberColumn('without', 'Without', (row) => row.counts.withoutMarker),
  numberColumn('unreadable', 'Unreadable', (row) => row.counts.unreadable),
  numberColumn('notRead', 'Not read yet', (row) => row.counts.notRead),
  OLDEST,
];

const CORE_COLUMNS: readonly DataColumn<TypeRow>[] = [
  TYPE,
  numberColumn('live', 'Live marker', (row) => row.counts.live),
  numberColumn('deprecated', 'Deprecated', (row) => row.counts.deprecated),
  ...SHARED,
];

const VERSION_COLUMNS: readonly DataColumn<TypeRow>[] = [
  TYPE,
  {
    id: 'versions',
    header: 'By version',
    value: (row) => versionsText(row),
    cell: (row) => versionsText(row) || 'none',
    width: 'w-56',
  },
  ...SHARED,
];

function versionsText({ counts }: TypeRow): string {
  return counts.versions.map(({ version, openRuns }) => `${version}: ${openRuns}`).join(', ');
}

/** Open runs of each workflow type that uses the patch, by what their histories hold. */
export function TypeTable({ patch }: { patch: Patch }) {
  return (
    <Section
      title="Open runs by workflow type"
      about="Counted from histories. A label finds a run; only its history says what it holds."
    >
      <DataTable
        caption="Open runs by workflow type"
        columns={patch.kind === 'core' ? CORE_COLUMNS : VERSION_COLUMNS}
        rows={patch.byType}
        rowKey={(row) => row.workflowType}
        initialSort={{ id: 'type', isDescending: false }}
        noun="workflow type"
        empty={<p className="text-ink-soft">No open run of a workflow type that recorded this patch.</p>}
      />
    </Section>
  );
}
