import type { ChangeStart, NextStart } from '#components/changes/change-start.ts';
import { Button } from '#components/ui/button.tsx';

interface NextOrCloseProps {
  /** The step that follows; null: this was the last. */
  readonly next: NextStart | null;
  readonly onBegin: (start: ChangeStart) => void;
  readonly onClose: () => void;
}

/** What leads on from a step that is done: the next one where there is one, and the way out. */
export function NextOrClose({ next, onBegin, onClose }: NextOrCloseProps) {
  return (
    <>
      {next === null ? null : (
        <Button look="primary" onClick={() => onBegin(next.start)}>
          {next.words}
        </Button>
      )}
      <Button look={next === null ? 'primary' : 'secondary'} onClick={onClose}>
        Close
      </Button>
    </>
  );
}
