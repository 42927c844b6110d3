import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/**
 * Data that is old or incomplete but still worth reading: dashed border, the word, and why. `word`: “Stale” when newer data could not
 * be had, “Partial” when something is still missing.
 */
export function Stale({ word, why, children }: { word: 'Stale' | 'Partial'; why: ReactNode; children?: ReactNode }) {
  return (
    <div className="stale flex min-w-0 flex-col gap-4 rounded-md border p-3">
      <output className="flex items-start gap-2 text-sm">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-attention" />
        <span className="min-w-0 wrap-anywhere">
          <strong className="font-semibold text-attention">{word}.</strong> {why}
        </span>
      </output>
      {children}
    </div>
  );
}
