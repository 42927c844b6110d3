import { SetsColumn } from '#components/changes/sets-column.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';

interface BeforeAfterProps {
  readonly before: ChangePlan['before'];
  /** null: not read. */
  readonly after: ChangePlan['before'] | null;
  readonly titles?: readonly [before: string, after: string];
}

/** The sets side by side; what is new or becomes a default is said in words. */
export function BeforeAfter({ before, after, titles = ['Before', 'After'] }: BeforeAfterProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SetsColumn title={titles[0]} sets={before} earlier={null} />
      {after === null ? (
        <div>
          <h4 className="mb-1 text-sm font-semibold text-ink-soft">{titles[1]}</h4>
          <p className="rounded-md border border-line p-3 text-ink-soft">Not read.</p>
        </div>
      ) : (
        <SetsColumn title={titles[1]} sets={after} earlier={before} />
      )}
    </div>
  );
}
