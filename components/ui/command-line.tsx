'use client';

import { Check, Copy } from 'lucide-react';
import { useCopy } from '#components/ui/use-copy.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** A line for a terminal, shown in full and copied by its button. */
export function CommandLine({ text }: { text: string }) {
  const { state, copy } = useCopy(text);
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-sunken p-2">
      <code className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">{escapeText(text)}</code>
      <button
        type="button"
        onClick={copy}
        aria-label="Copy the command"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:text-ink pointer-coarse:size-11"
      >
        {state === 'copied' ? (
          <Check aria-hidden className="size-3.5 text-safe" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
    </div>
  );
}
