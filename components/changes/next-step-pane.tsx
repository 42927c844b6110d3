import { type NextStep, nextStepAfter } from '#components/changes/next-step.ts';
import { Button } from '#components/ui/button.tsx';
import type { Meaning } from '#components/ui/meaning.ts';
import { Note } from '#components/ui/note.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface NextStepPaneProps {
  /** null: the plan is simply too old. */
  readonly error: Error | null;
  readonly onPlanAgain: () => void;
  readonly onChooseAgain: () => void;
  readonly onClose: () => void;
}

const TOO_OLD = {
  message: 'The plan is older than five minutes: the queue may have changed.',
  hint: 'Plan it again and look.',
};

/** `ask-again` has a pane of its own (`lost-pane.tsx`): there, whether it was written is not known. */
type SureStep = Exclude<NextStep, 'ask-again'>;

const MEANINGS: Readonly<Record<SureStep, Meaning>> = {
  'plan-again': 'attention',
  'choose-again': 'blocked',
  close: 'blocked',
};

/** A plan that was surely not applied: why, and the one sensible next step. */
export function NextStepPane({ error, onPlanAgain, onChooseAgain, onClose }: NextStepPaneProps) {
  const words = error === null ? null : errorWords(error);
  const known = words === null ? 'plan-again' : nextStepAfter(words.code);
  const step: SureStep = known === 'ask-again' ? 'close' : known;
  const { message, hint } = words ?? TOO_OLD;
  const buttons: Readonly<Record<SureStep, { text: string; onPress: () => void }>> = {
    'plan-again': { text: 'Plan again', onPress: onPlanAgain },
    'choose-again': { text: 'Choose again', onPress: onChooseAgain },
    close: { text: 'Close', onPress: onClose },
  };
  return (
    <div role="alert" className="flex flex-col gap-4 border-t border-line pt-4">
      <Note meaning={MEANINGS[step]}>
        <p className="font-semibold">Nothing was written.</p>
        <p className="wrap-anywhere">{message}</p>
        <p className="text-ink-soft">{hint}</p>
      </Note>
      <Button look="primary" className="self-start" onClick={buttons[step].onPress}>
        {buttons[step].text}
      </Button>
    </div>
  );
}
