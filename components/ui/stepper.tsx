import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'current' | 'ahead';
  /** Under the title: what the step means here, its answer, its figures. */
  readonly body?: ReactNode;
}

const STATE_WORDS: Readonly<Record<Step['state'], string>> = { done: 'done', current: 'now', ahead: 'not yet' };

/** Steps in order, side by side, one under the other where it is narrow. State is shape and word, never colour alone. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-0 rounded-md border border-line bg-surface md:flex-row">
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className="flex min-w-0 flex-1 gap-3 border-line p-4 not-first:border-t md:not-first:border-t-0 md:not-first:border-l"
        >
          <StepMark number={index + 1} state={step.state} />
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <p className="flex min-h-6 flex-wrap items-baseline gap-x-2">
              <span className={classNames('font-semibold', step.state === 'ahead' && 'text-ink-soft')}>
                {step.title}
              </span>
              <span className="text-xs text-ink-soft">{STATE_WORDS[step.state]}</span>
            </p>
            {step.body}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ number, state }: { number: number; state: Step['state'] }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-semibold',
        state === 'current' && 'border-accent bg-accent text-accent-ink',
        state === 'done' && 'border-line-strong text-ink',
        state === 'ahead' && 'border-dashed border-line-strong text-ink-soft',
      )}
    >
      {state === 'done' ? <Check className="size-3.5" /> : number}
    </span>
  );
}
