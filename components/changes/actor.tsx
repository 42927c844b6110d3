import { IdentifierText } from '#components/ui/identifier.tsx';
import type { ChangeItem } from '#lib/api/changes/schemas.ts';

/** Who made a change, as far as anybody can tell: there is no sign-in that would prove it. */
export function Actor({ item }: { item: ChangeItem }) {
  if (item.kind === 'outside') return <span className="text-ink-soft">not known</span>;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-1">
      <IdentifierText text={item.actor} />
      <span className="text-xs text-ink-soft">not authenticated</span>
    </span>
  );
}
