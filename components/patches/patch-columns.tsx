import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Count } from '#components/ui/count.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Identifier, IdentifierText } from '#components/ui/identifier.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { nextQuestion } from '#lib/domain/patches/next-question.ts';
import { formatNumber } from '#lib/format/count.ts';
import { alarmWords, KIND_WORDS, nextAnswer, stageWords } from '#lib/format/patch-words.ts';
import { pages } from '#lib/routes.ts';

/** A patch of the list with the namespace that its address needs. */
export interface PatchRow extends PatchItem {
  readonly namespace: string;
}

/** Ready first when sorted upwards: what may go is what one came to see; then what hinders, then what nobody knows. */
const ANSWER_RANK = { safe: 0, blocked: 1, unknown: 2 } as const;

/** Types that a cell names; the rest is counted. */
const MOST_TYPES = 2;

export const PATCH_COLUMNS: readonly DataColumn<PatchRow>[] = [
  {
    id: 'answers',
    header: 'May code go?',
    orders: ['ready first', 'ready last'],
    value: (row) =>
      `${ANSWER_RANK[nextAnswer(row)]} ${row.answers.map(({ question, answer }) => `${question} ${answer}`).join(' ')}`,
    cell: (row) => (
      <span className="flex flex-wrap gap-1">
        {row.answers.length === 0
          ? 'nothing to ask'
          : nextFirst(row).map((answer) => <AnswerBadge key={answer.question} answer={answer} />)}
      </span>
    ),
    width: 'w-60',
  },
  {
    id: 'patch',
    header: 'Patch',
    value: (row) => row.id,
    cell: (row) => <Identifier text={row.id} href={pages.patch(row.namespace, row)} />,
  },
  {
    id: 'stage',
    header: 'Stage',
    value: (row) => `${stageWords(row.kind, row.stage)} ${KIND_WORDS[row.kind].short}`,
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <span>
          {stageWords(row.kind, row.stage)} <span className="text-ink-soft">({KIND_WORDS[row.kind].short})</span>
        </span>
        {row.alarms.length === 0 ? null : (
          <span title={row.alarms.map(alarmWords).join(' ')}>
            <Badge meaning="attention" />
          </span>
        )}
      </span>
    ),
    width: 'w-40',
  },
  {
    id: 'runs',
    header: 'Open runs',
    kind: 'number',
    value: (row) => row.totals.openRuns,
    cell: (row) => <RunsCell row={row} />,
    width: 'w-52',
  },
  {
    id: 'oldest',
    header: 'Oldest',
    kind: 'time',
    value: (row) => (row.totals.oldestOpenStart === null ? null : Date.parse(row.totals.oldestOpenStart)),
    cell: (row) => (row.totals.oldestOpenStart === null ? 'none open' : <Time iso={row.totals.oldestOpenStart} />),
    width: 'w-28',
  },
  {
    id: 'types',
    header: 'Types',
    value: (row) => row.workflowTypes.join(' '),
    cell: (row) => <TypesCell types={row.workflowTypes} />,
    width: 'w-36',
  },
];

/** The answer to the next step before the other one. */
function nextFirst({ kind, stage, answers }: PatchRow): PatchRow['answers'] {
  const next = nextQuestion(kind, stage, answers);
  return answers.toSorted((a, b) => Number(b.question === next) - Number(a.question === next));
}

/** Open runs with what their histories hold: markers, or none. */
function RunsCell({ row: { kind, totals } }: { row: PatchRow }) {
  const parts: readonly (readonly [count: number, what: string])[] = [
    ...(kind === 'core'
      ? ([
          [totals.live, 'live'],
          [totals.deprecated, 'deprecated'],
        ] as const)
      : totals.versions.map(({ version, openRuns }) => [openRuns, `at version ${version}`] as const)),
    [totals.withoutMarker, 'without'],
    [totals.notRead + totals.unreadable, 'not known'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatNumber(count)} ${what}`);
  return (
    <span className="flex flex-col @2xl:items-end">
      <Count value={totals.openRuns} noun="open run" />
      <span className="text-xs text-ink-soft empty:hidden">{told.join(', ')}</span>
    </span>
  );
}

function TypesCell({ types }: { types: readonly string[] }) {
  if (types.length === 0) return <span className="text-ink-soft">none known</span>;
  const left = types.length - MOST_TYPES;
  return (
    <span className="flex min-w-0 flex-col">
      {types.slice(0, MOST_TYPES).map((type) => (
        <IdentifierText key={type} text={type} />
      ))}
      {left > 0 ? <span className="text-ink-soft">and {formatNumber(left)} more</span> : null}
    </span>
  );
}
