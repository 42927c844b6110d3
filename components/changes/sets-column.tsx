import { type SetLaneFacts, type SetMark, describeSets } from '#components/changes/describe-sets.ts';
import { Tag } from '#components/ui/badge.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { IdentifierText } from '#components/ui/identifier.tsx';

type Sets = readonly { readonly buildIds: readonly string[] }[];

interface SetsColumnProps {
  readonly title: string;
  /** Server order, as the plan has it: queue default last, set default last. */
  readonly sets: Sets;
  /** What to compare with; null: nothing is marked as new. */
  readonly earlier: Sets | null;
}

const MARK_WORDS: Readonly<Record<SetMark, string>> = { new: 'new', 'new-default': 'becomes set default' };

/** The sets as lanes in small, queue default on top; what is new against `earlier` is said in words. */
export function SetsColumn({ title, sets, earlier }: SetsColumnProps) {
  const lanes = describeSets(sets, earlier);
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-sm font-semibold text-ink-soft">{title}</h4>
      {lanes.length === 0 ? (
        <p className="rounded-md border border-line p-3 text-ink-soft">
          No version set: unversioned workers take all runs.
        </p>
      ) : (
        <ol className="flex flex-col gap-2">
          {lanes.map((lane) => (
            <li
              key={lane.builds[0]?.buildId ?? 'empty'}
              className={classNames(
                'rounded-md border px-3 py-2',
                lane.isQueueDefault ? 'border-accent' : 'border-line',
              )}
            >
              {lane.isQueueDefault ? (
                <p className="mb-1 flex min-w-0 flex-wrap items-baseline gap-x-2">
                  <Tag isFilled>new runs start here</Tag>
                  <InsteadOf was={lane.insteadOf} />
                </p>
              ) : null}
              <ul className="flex flex-col gap-1">
                {lane.builds.map((build) => (
                  <li key={build.buildId} className="flex min-w-0 flex-wrap items-center gap-x-2">
                    <span
                      aria-hidden
                      className={classNames(
                        'size-2.5 shrink-0 rounded-full border-2 border-accent',
                        build.isSetDefault && 'bg-accent',
                      )}
                    />
                    <IdentifierText text={build.buildId} />
                    {build.isSetDefault ? <span className="text-xs text-ink-soft">set default</span> : null}
                    {build.marks.map((mark) => (
                      <Tag key={mark}>{MARK_WORDS[mark]}</Tag>
                    ))}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function InsteadOf({ was }: { was: SetLaneFacts['insteadOf'] }) {
  if (was === null) return null;
  return (
    <span className="inline-flex max-w-full min-w-0 items-baseline gap-1 text-xs text-ink-soft">
      <span className="shrink-0">instead of</span>{' '}
      {was === 'none' ? 'on unversioned workers' : <IdentifierText text={was.buildId} />}
    </span>
  );
}
