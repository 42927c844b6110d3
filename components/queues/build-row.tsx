import { PollerDot } from '#components/queues/poller-dot.tsx';
import { SaidText } from '#components/queues/said-text.tsx';
import { Tag } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Identifier, IdentifierText } from '#components/ui/identifier.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BuildIdItem, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { formatCount } from '#lib/format/count.ts';
import { commitLink } from '#lib/format/link-pattern.ts';
import { buildSentence } from '#lib/format/queue-words.ts';

interface BuildRowProps {
  readonly set: VersionSetItem;
  readonly build: BuildIdItem;
  readonly commitPattern: string | null;
  readonly isLast: boolean;
  readonly onChange: ((draft: VersionSetOperation) => void) | null;
}

/** One build ID in its lane: what it does, who polls with it, which open runs it touched. */
export function BuildRow({ set, build, commitPattern, isLast, onChange }: BuildRowProps) {
  const { buildId, isSetDefault } = build;
  const commit = commitLink(commitPattern, buildId);
  return (
    <li className="flex gap-3 px-4">
      <LaneMark isFilled={isSetDefault} isLast={isLast} />
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 py-2 @3xl:grid-cols-[minmax(0,1fr)_11rem_11rem_8.5rem] @3xl:items-center">
        <div className="min-w-0">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2">
            <Identifier text={buildId} />
            {isSetDefault ? <Tag>set default</Tag> : null}
            {commit === null ? null : (
              <span className="text-sm">
                <OutsideLink href={commit}>commit</OutsideLink>
              </span>
            )}
          </div>
          <SaidText said={buildSentence(set, build)} />
        </div>
        <PollerDot workers={build.pollers} lastPollAt={build.lastPollAt} />
        <Touched build={build} />
        <div className="flex @3xl:justify-end">
          {onChange === null || isSetDefault ? null : (
            <Button onClick={() => onChange({ kind: 'promote-within-set', buildId })}>
              <span className="whitespace-nowrap">Make set default</span>
              <span className="sr-only">
                : <IdentifierText text={buildId} />
              </span>
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** Filled: the set's default. The line joins the builds of a set. */
function LaneMark({ isFilled, isLast }: { isFilled: boolean; isLast: boolean }) {
  return (
    <span aria-hidden className="relative flex w-3 shrink-0 justify-center">
      <span
        className={classNames(
          'absolute w-px bg-line-strong',
          isFilled ? 'top-5' : 'top-0',
          isLast ? 'h-5' : 'bottom-0',
        )}
      />
      <span
        className={classNames(
          'relative mt-3.5 size-3 rounded-full border-2 border-accent',
          isFilled ? 'bg-accent' : 'bg-surface',
        )}
      />
    </span>
  );
}

function Touched({ build }: Pick<BuildRowProps, 'build'>) {
  const { openRunsTouched: touched, oldestOpenStart } = build;
  if (touched === null) return <p className="text-sm text-ink-soft">open runs not counted yet</p>;
  return (
    <p className="text-sm" title="Open runs of which this build has served a task at some time">
      touched {formatCount(touched, 'open run')}
      {oldestOpenStart === null ? null : (
        <span className="block text-ink-soft">
          oldest <Time iso={oldestOpenStart} />
        </span>
      )}
    </p>
  );
}
