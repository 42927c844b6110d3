import { Badge } from '#components/ui/badge.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import type { Note, Reason, Verdict } from '#lib/api/verdict/schemas.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { formatNumber } from '#lib/format/count.ts';
import { noteWordsOf, wordsOf } from '#lib/format/verdict-words.ts';

/** Workflow types that a reason names; the rest is counted. */
const MOST_TYPES = 6;

/** Why the answer is what it is: every reason, what blocks first, then what is told beside it. */
export function ReasonList({ verdict }: { verdict: Verdict }) {
  const { reasons, notes, byType } = verdict;
  const hasSeveralTypes = byType.length > 1;
  if (reasons.length + notes.length === 0) return null;
  return (
    <RowList label="Reasons">
      {reasons.map((reason) => (
        <ReasonRow key={reason.code} reason={reason} namesTypes={hasSeveralTypes || byType.length === 0} />
      ))}
      {notes.map((note) => (
        <NoteRow key={note.code} note={note} />
      ))}
    </RowList>
  );
}

function ReasonRow({ reason, namesTypes }: { reason: Reason; namesTypes: boolean }) {
  const { title, sentence } = wordsOf(reason.code);
  const types = reason.code === 'types-not-declared' || namesTypes ? reason.workflowTypes : [];
  return (
    <li className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <span>
        <Badge meaning={isBlockingCode(reason.code) ? 'blocked' : 'unknown'}>
          {isBlockingCode(reason.code) ? 'blocks' : 'not known'}
        </Badge>
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <p>
          <span className="font-semibold">{title}</span>
          {reason.count === null ? null : <span className="text-ink-soft"> ({formatNumber(reason.count)})</span>}{' '}
          <code className="font-mono text-sm whitespace-nowrap text-ink-soft">{reason.code}</code>
        </p>
        <p>{sentence}</p>
        {types.length === 0 ? null : <Types types={types} />}
      </div>
    </li>
  );
}

function Types({ types }: { types: readonly string[] }) {
  const left = types.length - MOST_TYPES;
  return (
    <p className="flex min-w-0 flex-wrap gap-x-3 text-sm text-ink-soft">
      {types.slice(0, MOST_TYPES).map((type) => (
        <IdentifierText key={type} text={type} />
      ))}
      {left > 0 ? <span>and {formatNumber(left)} more</span> : null}
    </p>
  );
}

function NoteRow({ note: { code, count } }: { note: Note }) {
  const { title, sentence, change } = noteWordsOf(code);
  const needsAttention = code === 'nondeterminism' || code === 'newest-stopped-writing';
  return (
    <li className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <span>
        {needsAttention ? <Badge meaning="attention" /> : <span className="text-sm text-ink-soft">beside it</span>}
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <p>
          <span className="font-semibold">{title}</span>
          {count === null ? null : <span className="text-ink-soft"> ({formatNumber(count)})</span>}{' '}
          <code className="font-mono text-sm whitespace-nowrap text-ink-soft">{code}</code>
        </p>
        <p className="text-ink-soft">
          {sentence} {change}
        </p>
      </div>
    </li>
  );
}
