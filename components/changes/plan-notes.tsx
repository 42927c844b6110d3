import { Note } from '#components/ui/note.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { undoWords } from '#lib/format/plan-fact-words.ts';
import { NOTE_TONE, noteWords } from '#lib/format/plan-words.ts';

type Notes = ChangePlan['notes'];

/** Consequences in words, one a line. */
export function Moves({ notes }: { notes: Notes }) {
  const moves = notes.filter((note) => NOTE_TONE[note.code] === 'plain');
  if (moves.length === 0) return null;
  return (
    <ul aria-label="What moves and what stays" className="flex list-disc flex-col gap-1 pl-5">
      {moves.map((note) => (
        <li key={noteWords(note)} className="wrap-anywhere">
          {noteWords(note)}
        </li>
      ))}
    </ul>
  );
}

interface RisksProps {
  readonly notes: Notes;
  readonly undo: ChangePlan['undo'];
  /** A build ID whose lack of workers is said elsewhere. */
  readonly except?: string | null;
}

/** What a reader must not miss: the risks, and that there is no way back. */
export function Risks({ notes, undo, except = null }: RisksProps) {
  const risks = notes.filter(
    ({ code, buildId }) =>
      NOTE_TONE[code] === 'caution' && !(code === 'no-poller-for-new-default' && except !== null && buildId === except),
  );
  const words = [
    ...risks.map(noteWords),
    ...(undo.kind === 'none' && undo.why !== 'no-change' ? [undoWords(undo)] : []),
  ];
  return words.map((said) => (
    <Note key={said} meaning="attention">
      <span className="wrap-anywhere">{said}</span>
    </Note>
  ));
}
