import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { Count } from '#components/ui/count.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { stageOf } from '#lib/domain/patches/stage.ts';
import { formatNumber } from '#lib/format/count.ts';
import { KIND_WORDS, STAGE_WORDS } from '#lib/format/patch-words.ts';
import { pages } from '#lib/routes.ts';

/** A patch of the list with the namespace that its address needs. */
export interface PatchRow extends PatchItem {
  readonly namespace: string;
}

/** Blocked first when sorted upwards: what hinders is what one came to see. */
const ANSWER_RANK = { blocked: 0, unknown: 1, safe: 2 } as const;

export const PATCH_COLUMNS: readonly DataColumn<PatchRow>[] = [
  {
    id: 'patch',
    header: 'Patch',
    value: (row) => row.id,
    cell: (row) => <Identifier text={row.id} href={pages.patch(row.namespace, row)} />,
  },
  {
    id: 'answers',
    header: 'May code go?',
    orders: ['blocked first', 'blocked last'],
    value: (row) =>
      row.answers
        .map((answer) => `${ANSWER_RANK[answer.answer]} ${answer.question} ${answer.answer}`)
        .sort()
        .join(' '),
    cell: (row) => (
      <span className="flex flex-wrap gap-1">
        {row.answers.length === 0
          ? 'nothing to ask'
          : row.answers.map((answer) => <AnswerBadge key={answer.question} answer={answer} />)}
      </span>
    ),
    width: 'w-64',
  },
  {
    id: 'stage',
    header: 'Stage',
    value: (row) => `${STAGE_WORDS[stageOf(row.kind, row.totals)]} ${KIND_WORDS[row.kind].short}`,
    cell: (row) => (
      <span>
        {STAGE_WORDS[stageOf(row.kind, row.totals)]}{' '}
        <span className="text-ink-soft">({KIND_WORDS[row.kind].short})</span>
      </span>
    ),
    width: 'w-44',
  },
  {
    id: 'withMarker',
    header: 'Runs with marker',
    kind: 'number',
    value: (row) => carrying(row),
    cell: (row) => <Count value={carrying(row)} noun="run" />,
    width: 'w-36',
  },
  {
    id: 'withoutMarker',
    header: 'Without',
    kind: 'number',
    value: (row) => row.totals.withoutMarker,
    cell: (row) => (
      <span title={row.totals.notRead === 0 ? undefined : `${formatNumber(row.totals.notRead)} histories not read yet`}>
        <Count value={row.totals.withoutMarker} noun="run" />
        {row.totals.notRead === 0 ? null : <span className="text-ink-soft"> (partial)</span>}
      </span>
    ),
    width: 'w-32',
  },
  {
    id: 'oldest',
    header: 'Oldest open run',
    kind: 'time',
    value: (row) => (row.totals.oldestOpenStart === null ? null : Date.parse(row.totals.oldestOpenStart)),
    cell: (row) => (row.totals.oldestOpenStart === null ? 'none open' : <Time iso={row.totals.oldestOpenStart} />),
    width: 'w-36',
  },
];

function carrying({ kind, totals }: PatchRow): number {
  if (kind === 'core') return totals.live + totals.deprecated;
  return totals.versions.reduce((sum, entry) => sum + entry.openRuns, 0);
}
