import type { ReactNode } from 'react';

/** A short list of rows on a sheet, for places where a table would be too much. `children`: `li` elements. */
export function RowList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
      {children}
    </ul>
  );
}
