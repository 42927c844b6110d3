import type { ReactNode } from 'react';
import { Note } from '#components/ui/note.tsx';

interface FailureNoteProps {
  readonly message: ReactNode;
  /** The next step. */
  readonly hint: string;
  /** What stands before the message, e.g. that nothing was written. */
  readonly children?: ReactNode;
}

/** Something that was asked for here did not work: said at once to screen readers, with the next step. */
export function FailureNote({ message, hint, children }: FailureNoteProps) {
  return (
    <div role="alert">
      <Note meaning="blocked">
        {children}
        <p className="wrap-anywhere">{message}</p>
        <p className="wrap-anywhere text-ink-soft">{hint}</p>
      </Note>
    </div>
  );
}
