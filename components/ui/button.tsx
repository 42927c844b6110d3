import type { ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export type ButtonLook = 'primary' | 'secondary' | 'quiet';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  primary: 'border-accent bg-accent text-accent-ink hover:border-accent-strong hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent text-ink-soft hover:bg-sunken hover:text-ink',
};

/** Classes of a button, for a link that looks like one. */
export function buttonClass(look: ButtonLook): string {
  return classNames(
    'control inline-flex max-w-full items-center justify-center gap-2 rounded-md border px-3 py-1 text-base font-medium',
    'transition-colors disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-soft',
    'aria-disabled:cursor-progress aria-disabled:opacity-70',
    LOOKS[look],
  );
}

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  /** Work is under way: presses do nothing, focus stays on the button. */
  readonly isBusy?: boolean;
}

/** A verb. One primary button a view; what a press does is its text, never “OK”. */
export function Button({ look = 'secondary', isBusy = false, className, onClick, type, ...props }: ButtonProps) {
  return (
    <button
      {...props}
      // oxlint-disable-next-line react/button-has-type -- the default is the harmless one
      type={type ?? 'button'}
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
      className={classNames(buttonClass(look), className)}
    />
  );
}
