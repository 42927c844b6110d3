import { type NextStep, nextStepAfter } from '#components/changes/next-step.ts';
import { Button } from '#components/ui/button.tsx';
import type { Meaning } from '#components/ui/meaning.ts';
import { Note } from '#components/ui/note.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface NextStepPaneProps {
  /** null: the plan is simply too old. */
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onPlanAgain: () => void;
  readonly onChooseAgain: () => void;
  readonly onAskAgain: () => void;
  readonly onClose: () => void;
}

const TOO_OLD = {
  message: 'The plan is older than five minutes: the queue may have changed.',
  hint: 'Plan it again and look.',
};

const HEADLINES: Readonly<Record<NextStep, { meaning: Meaning; words: string }>> = {
  'plan-again': { meaning: 'attention', words: 'Nothing was written.' },
  'choose-again': { meaning: 'blocked', words: 'Nothing was written.' },
  close: { meaning: 'blocked', words: 'Nothing was written.' },
  'ask-again': { meaning: 'unknown', words: 'Whether it was written is not known yet.' },
};

/** A plan that was not applied, or perhaps was: what is known, and the one sensible next step. */
export function NextStepPane(props: NextStepPaneProps) {
  const { error, isBusy, onPlanAgain, onChooseAgain, onAskAgain, onClose } = props;
  const words = error === null ? null : errorWords(error);
  const step = words === null ? 'plan-again' : nextStepAfter(words.code);
  const { message, hint } = words ?? TOO_OLD;
  const buttons: Readonly<Record<NextStep, { text: string; onPress: () => void }>> = {
    'plan-again': { text: 'Plan again', onPress: onPlanAgain },
    'choose-again': { text: 'Choose again', onPress: onChooseAgain },
    close: { text: 'Close', onPress: onClose },
    'ask-again': { text: 'Ask what became of it', onPress: onAskAgain },
  };
  return (
    <div role="alert" className="flex flex-col gap-4 border-t border-line pt-4">
      <Note meaning={HEADLINES[step].meaning}>
        <p className="font-semibold">{HEADLINES[step].words}</p>
        <p className="wrap-anywhere">{message}</p>
        <p className="text-ink-soft">{hint}</p>
      </Note>
      <Button look="primary" className="self-start" isBusy={isBusy} onClick={buttons[step].onPress}>
        {buttons[step].text}
      </Button>
    </div>
  );
}
