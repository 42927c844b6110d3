import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** How things get here. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Nothing to show: what that means and how things get here. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 rounded-md border border-line bg-surface p-4">
      <p className="font-semibold">{title}</p>
      <div className="max-w-prose text-ink-soft">{children}</div>
      {actions === undefined ? null : <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
