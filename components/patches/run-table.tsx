'use client';

import { Badge } from '#components/ui/badge.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Reason, RunExample, Verdict } from '#lib/api/verdict/schemas.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { formatCount } from '#lib/format/count.ts';
import { wordsOf } from '#lib/format/verdict-words.ts';
import { pages } from '#lib/routes.ts';

interface RunRow extends RunExample {
  readonly namespace: string;
  readonly code: string;
}

/** Reasons whose runs were not read, so that nobody knows when they end. */
const NOT_READ: readonly string[] = ['history-unreadable', 'not-read-yet', 'evidence-budget'];

const COLUMNS: readonly DataColumn<RunRow>[] = [
  {
    id: 'workflow',
    header: 'Workflow',
    value: (row) => row.workflowId,
    cell: (row) => <Identifier text={row.workflowId} href={pages.run(row.namespace, row.workflowId, row.runId)} />,
  },
  {
    id: 'why',
    header: 'Why',
    value: (row) => row.code,
    cell: (row) => (
      <span title={wordsOf(row.code).title}>
        <Badge meaning={isBlockingCode(row.code) ? 'blocked' : 'unknown'}>{row.code.replaceAll('-', ' ')}</Badge>
      </span>
    ),
    width: 'w-44',
  },
  {
    id: 'started',
    header: 'Started',
    kind: 'time',
    value: (row) => Date.parse(row.startTime),
    cell: (row) => <Time iso={row.startTime} />,
    width: 'w-24',
  },
  {
    id: 'ends',
    header: 'Ends by',
    kind: 'time',
    value: (row) => (row.endsBy === null ? null : Date.parse(row.endsBy)),
    cell: (row) =>
      row.endsBy === null ? NOT_READ.includes(row.code) ? 'not known' : 'no timeout' : <Time iso={row.endsBy} />,
    width: 'w-24',
  },
  {
    id: 'build',
    header: 'Build',
    value: (row) => row.buildId,
    cell: (row) => (row.buildId === null ? 'not known' : <Identifier text={row.buildId} />),
    width: 'w-28',
  },
  {
    id: 'type',
    header: 'Type',
    value: (row) => row.workflowType,
    cell: (row) => <Identifier text={row.workflowType} />,
    width: 'w-32',
  },
  {
    id: 'queue',
    header: 'Queue',
    value: (row) => row.taskQueue,
    cell: (row) => <Identifier text={row.taskQueue} href={pages.queue(row.namespace, row.taskQueue)} />,
    width: 'w-28',
  },
  {
    id: 'run',
    header: 'Run',
    value: (row) => row.runId,
    cell: (row) => <Identifier text={row.runId} />,
    width: 'w-24',
  },
];

/** The runs that block, or, where none does, those that leave the answer open; the oldest of each reason. */
export function RunTable({ namespace, verdict }: { namespace: string; verdict: Verdict }) {
  const blocking = verdict.reasons.filter(({ code }) => isBlockingCode(code));
  const reasons = (verdict.answer === 'blocked' ? blocking : verdict.reasons).filter(hasRuns);
  if (reasons.length === 0) return null;
  const rows = reasons.flatMap(({ code, examples }) => examples.map((run) => ({ ...run, namespace, code })));
  const hidden = reasons.reduce((sum, reason) => sum + Math.max(0, runsOf(reason) - reason.examples.length), 0);
  return (
    <Section
      title={verdict.answer === 'blocked' ? 'Runs in the way' : 'Runs that leave it open'}
      {...(hidden > 0 ? { about: `The oldest; ${formatCount(hidden, 'younger one')} not listed.` } : {})}
    >
      <DataTable
        caption="Runs in the way"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => `${row.code} ${row.workflowId} ${row.runId}`}
        initialSort={{ id: 'started', isDescending: false }}
        noun="run"
        name={`runs-${verdict.question}`}
        empty={null}
      />
    </Section>
  );
}

function hasRuns({ examples }: Reason): boolean {
  return examples.length > 0;
}

/** A count holds runs and workers together. */
function runsOf({ count, workers }: Reason): number {
  return (count ?? 0) - workers.length;
}
