import { Identifier } from '#components/ui/identifier.tsx';
import { Card, Section } from '#components/ui/section.tsx';
import type { Run } from '#lib/api/runs/schemas.ts';
import { formatCount } from '#lib/format/count.ts';

/** The values of TemporalChangeVersion, by which visibility finds the run; nothing where there are none. */
export function LabelList({ run }: { run: Run }) {
  if (run.labels.length === 0) return null;
  const left = run.labelCount - run.labels.length;
  return (
    <Section title="Labels" about="Values of TemporalChangeVersion: they find the run and prove nothing.">
      <Card>
        <ul aria-label="Labels" className="flex max-h-40 flex-wrap gap-x-3 overflow-y-auto px-3 py-1">
          {run.labels.map((label) => (
            <li key={label} className="flex max-w-full min-w-0">
              <Identifier text={label} />
            </li>
          ))}
        </ul>
      </Card>
      {left > 0 ? <p className="text-sm text-ink-soft">and {formatCount(left, 'more', 'more')}.</p> : null}
    </Section>
  );
}
