'use client';

import { useWithdraw } from '#components/declarations/use-declare.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Note } from '#components/ui/note.tsx';
import { factSentence } from '#components/declarations/fact-sentence.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface WithdrawDialogProps {
  readonly namespace: string;
  readonly fact: Declaration;
  readonly onClose: () => void;
}

/** Asks once before a fact is withdrawn, naming what that does. */
export function WithdrawDialog({ namespace, fact, onClose }: WithdrawDialogProps) {
  const withdrawing = useWithdraw(namespace);
  const failure = withdrawing.error === null ? null : errorWords(withdrawing.error);
  return (
    <Dialog isOpen onClose={onClose} isLocked={withdrawing.isPending} title="Withdraw a declared fact">
      <p className="wrap-anywhere">{factSentence(fact)}</p>
      <Note meaning="attention">Answers that rest on it stop holding at once; those that come do without it.</Note>
      {failure === null ? null : <FailureNote message={failure.message} hint={failure.hint} />}
      <div className="flex flex-wrap gap-3">
        <Button
          look="primary"
          isBusy={withdrawing.isPending}
          onClick={() => withdrawing.mutate(fact.id, { onSuccess: onClose })}
        >
          {withdrawing.isPending ? 'Withdrawing' : 'Withdraw the fact'}
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
