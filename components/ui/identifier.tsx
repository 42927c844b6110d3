'use client';

import { Check, Copy, X } from 'lucide-react';
import { PageLink } from '#components/ui/page-link.tsx';
import { type CopyState, useCopy } from '#components/ui/use-copy.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { splitForMiddle } from '#lib/format/truncate-middle.ts';

interface IdentifierProps {
  /** Exactly as Temporal gave it. */
  readonly text: string;
  /** Makes the text a link; a copy button then stands beside it. Without it, the text itself copies. */
  readonly href?: string;
}

/** Anything that came from Temporal: monospace, escaped, shortened in the middle where space is short, copied by a press. */
export function Identifier({ text, href }: IdentifierProps) {
  const { state, copy } = useCopy(text);
  if (href !== undefined) {
    return (
      <span className="inline-flex max-w-full min-w-0 items-center gap-1 align-baseline">
        <PageLink href={href} className="inline-flex min-w-0 items-center">
          <IdentifierText text={text} />
        </PageLink>
        <button
          type="button"
          onClick={copy}
          aria-label={`Copy ${escapeText(text)}`}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-sunken hover:text-ink pointer-coarse:size-11"
        >
          <CopyMark state={state} />
        </button>
      </span>
    );
  }
  return (
    <button
      type="button"
      onClick={copy}
      className="group inline-flex min-h-6 max-w-full min-w-0 items-center gap-1 rounded-sm text-left align-baseline hover:bg-sunken pointer-coarse:min-h-11"
    >
      <IdentifierText text={text} />
      <span className="sr-only"> (copy)</span>
      <span className="shrink-0 text-ink-soft opacity-50 group-hover:opacity-100 group-focus-visible:opacity-100">
        <CopyMark state={state} />
      </span>
    </button>
  );
}

/** The look of an identifier without behaviour, for buttons and sentences that hold one. */
export function IdentifierText({ text }: { text: string }) {
  const full = escapeText(text);
  const { head, tail } = splitForMiddle(full);
  const className = 'inline-flex max-w-full min-w-0 align-baseline font-mono text-[0.95em]';
  if (tail === '') {
    return (
      <bdi dir="ltr" title={full} className={className}>
        <span className="truncate whitespace-pre">{head}</span>
      </bdi>
    );
  }
  return (
    <bdi dir="ltr" title={full} className={className}>
      <span className="sr-only select-none">{full}</span>
      <span aria-hidden className="truncate whitespace-pre">
        {head}
      </span>
      <span aria-hidden className="shrink-0 whitespace-pre">
        {tail}
      </span>
    </bdi>
  );
}

function CopyMark({ state }: { state: CopyState }) {
  if (state === 'copied') return <Check aria-hidden className="size-3.5 text-safe" />;
  if (state === 'failed') return <X aria-hidden className="size-3.5 text-blocked" />;
  return <Copy aria-hidden className="size-3.5" />;
}
