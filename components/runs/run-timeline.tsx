'use client';

import { type EntryRow, TIMELINE_COLUMNS } from '#components/runs/timeline-columns.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Stale } from '#components/ui/stale.tsx';
import type { Author, LensEntryItem, Run } from '#lib/api/runs/schemas.ts';
import { formatCount, formatNumber } from '#lib/format/count.ts';

const OLDEST_FIRST = { id: 'event', isDescending: false } as const;

/** The history through the version lens: what decides which code a run runs, and who ran it. */
export function RunTimeline({ namespace, run }: { namespace: string; run: Run }) {
  return (
    <Section
      title="History through the version lens"
      about="Workflow tasks with who completed them, markers, labels, and what sends the run or its parts to another build. Other activities, timers and signals are left out."
    >
      {run.omitted === null ? null : (
        <Stale
          word="Partial"
          why={`${formatCount(run.omitted.count, 'entry', 'entries')} after event ${formatNumber(run.omitted.afterEventId)} are left out: the first and the last thousand are shown.`}
        />
      )}
      <DataTable
        caption="History through the version lens"
        columns={TIMELINE_COLUMNS}
        rows={rowsOf(namespace, run)}
        rowKey={(row) => `${row.eventId} ${row.fact.kind}`}
        initialSort={OLDEST_FIRST}
        noun="entry"
        plural="entries"
        empty={<EmptyState title="No event">Temporal gave no event of this run that Patchboard knows.</EmptyState>}
      />
    </Section>
  );
}

function rowsOf(namespace: string, { entries, workflowId }: Run): EntryRow[] {
  return entries.map((entry, index) => ({
    ...entry,
    namespace,
    workflowId,
    isNewAuthor: entry.author !== null && !isSame(entry, entries[index - 1]),
  }));
}

/** Who did several things in a row is told whole once. */
function isSame({ author }: LensEntryItem, before: LensEntryItem | undefined): boolean {
  return keyOf(author) === keyOf(before?.author ?? null);
}

function keyOf(author: Author | null): string {
  return JSON.stringify(author && [author.buildId, author.deploymentVersion, author.identities, author.sdkVersion]);
}
