'use client';

import { Check, Copy } from 'lucide-react';
import { classNames } from '#components/ui/class-names.ts';
import { useCopy } from '#components/ui/use-copy.ts';

interface CodeBlockProps {
  /** Stands above the lines: “Now”, “After”. */
  readonly title: string;
  /** Lines of source; nothing in them hides (`sourceLiteral`). */
  readonly text: string;
  /** Lines that go are quieter than those that come. */
  readonly isQuiet?: boolean;
}

/** A few lines of code with a button that copies them. Long lines scroll within the block. */
export function CodeBlock({ title, text, isQuiet = false }: CodeBlockProps) {
  const { state, copy } = useCopy(text);
  return (
    <figure className="flex min-w-0 flex-col rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-3 text-sm font-medium">
        {title}
        <button
          type="button"
          onClick={copy}
          aria-label={`Copy the code: ${title}`}
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:text-ink pointer-coarse:size-11"
        >
          {state === 'copied' ? (
            <Check aria-hidden className="size-3.5 text-safe" />
          ) : (
            <Copy aria-hidden className="size-3.5" />
          )}
        </button>
      </figcaption>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
        tabIndex={0}
        aria-label={title}
        className={classNames('overflow-x-auto p-3 font-mono text-sm', isQuiet && 'text-ink-soft')}
      >
        <bdi dir="ltr">{text}</bdi>
      </pre>
    </figure>
  );
}
