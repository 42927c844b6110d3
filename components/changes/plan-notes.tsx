import { Note } from '#components/ui/note.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
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

/** What a reader must not miss. `except`: a build ID whose lack of workers is said elsewhere. */
export function Risks({ notes, except = null }: { notes: Notes; except?: string | null }) {
  const risks = notes.filter(
    ({ code, buildId }) =>
      NOTE_TONE[code] === 'caution' && !(code === 'no-poller-for-new-default' && except !== null && buildId === except),
  );
  return risks.map((note) => (
    <Note key={noteWords(note)} meaning="attention">
      <span className="wrap-anywhere">{noteWords(note)}</span>
    </Note>
  ));
}
