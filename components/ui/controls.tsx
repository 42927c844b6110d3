'use client';

import { Field } from '@base-ui/react/field';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps, KeyboardEvent } from 'react';
import { classNames } from '#components/ui/class-names.ts';

const BOX = 'control w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 py-1 text-base text-ink';

interface TextProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly autoFocus?: boolean;
}

/** One line of words. */
export function TextInput({
  value,
  onChange,
  className,
  type = 'text',
  ...props
}: TextProps & { type?: 'text' | 'search' }) {
  return (
    <Field.Control
      {...props}
      type={type}
      value={value}
      onValueChange={onChange}
      autoComplete="off"
      className={classNames(BOX, 'placeholder:text-ink-soft', className)}
    />
  );
}

/**
 * A name of Temporal's, which may hold anything, line breaks included, so it is a text area that grows. Enter submits the form;
 * Shift and Enter put a line break in.
 */
export function NameInput({ value, onChange, className, ...props }: TextProps) {
  return (
    <Field.Control
      {...props}
      render={<textarea rows={1} spellCheck={false} autoCapitalize="off" onKeyDown={submitOnEnter} />}
      value={value}
      onValueChange={onChange}
      autoComplete="off"
      className={classNames(BOX, 'field-sizing-content max-h-32 resize-none py-1.5 font-mono leading-5', className)}
    />
  );
}

function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** Several lines of words. */
export function TextArea({ value, onChange, className, ...props }: TextProps) {
  return (
    <Field.Control
      {...props}
      render={<textarea rows={2} />}
      value={value}
      onValueChange={onChange}
      className={classNames(BOX, 'field-sizing-content max-h-40 resize-none py-1.5', className)}
    />
  );
}

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'children'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly SelectOption[];
}

/** The platform's own select: keyboard, touch and screen readers work as the reader knows them. */
export function Select({ value, onChange, options, className, ...props }: SelectProps) {
  return (
    <span className={classNames('relative inline-flex min-w-0', className)}>
      <Field.Control
        render={
          <select {...props}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        }
        value={value}
        onValueChange={onChange}
        className={classNames(BOX, 'appearance-none truncate pr-7')}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
}

interface CheckboxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly label: string;
}

export function Checkbox({ isChecked, onChange, label }: CheckboxProps) {
  return (
    <label className="control flex items-center gap-2">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-4 accent-accent"
      />
      <span>{label}</span>
    </label>
  );
}
