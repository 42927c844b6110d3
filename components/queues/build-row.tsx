import { PollerDot } from '#components/queues/poller-dot.tsx';
import { SaidText } from '#components/queues/said-text.tsx';
import { Tag } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BuildIdItem, TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { commitLink } from '#lib/format/link-pattern.ts';
import { buildSentence, type SetSurroundings } from '#lib/format/queue-words.ts';

interface BuildRowProps {
  readonly queue: TaskQueue;
  readonly around: SetSurroundings;
  readonly set: VersionSetItem;
  readonly build: BuildIdItem;
  readonly commitPattern: string | null;
  readonly isLast: boolean;
  readonly onChange: ((draft: VersionSetOperation) => void) | null;
}

/** One build ID in its lane: what it does, who polls with it, which open runs it touched. */
export function BuildRow({ queue, around, set, build, commitPattern, isLast, onChange }: BuildRowProps) {
  const { buildId, isSetDefault } = build;
  const commit = commitLink(commitPattern, buildId);
  return (
    <li className="flex gap-3 px-4">
      <LaneMark isFilled={isSetDefault} isLast={isLast} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-2">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2">
            <Identifier text={buildId} />
            {isSetDefault ? <Tag>set default</Tag> : null}
            {commit === null ? null : (
              <span className="text-sm">
                <OutsideLink href={commit}>commit</OutsideLink>
              </span>
            )}
          </div>
          <SaidText said={buildSentence(queue, set, build, around)} />
        </div>
        <div className="w-72 max-w-full">
          <PollerDot workers={build.pollers} lastPollAt={build.lastPollAt} />
          <Touched build={build} />
        </div>
        {onChange === null ? null : (
          <div className="w-34 empty:max-lg:hidden">
            {isSetDefault ? null : (
              <Button
                aria-label={`Make set default: ${escapeText(buildId)}`}
                className="whitespace-nowrap"
                onClick={() => onChange({ kind: 'promote-within-set', buildId })}
              >
                Make set default
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

/** Filled: the set's default. The line joins the builds of a set. */
function LaneMark({ isFilled, isLast }: { isFilled: boolean; isLast: boolean }) {
  return (
    <span aria-hidden className="relative flex w-3 shrink-0 justify-center">
      {isFilled ? null : <span className="absolute top-0 h-4 w-px bg-line-strong" />}
      {isLast ? null : <span className="absolute top-4 bottom-0 w-px bg-line-strong" />}
      <span
        className={classNames(
          'relative mt-3.5 size-3 rounded-full border-2 border-accent',
          isFilled ? 'bg-accent' : 'bg-surface',
        )}
      />
    </span>
  );
}

/** The list of a run's builds only grows, so these are runs that had a task served by this build at some time. */
function Touched({ build }: Pick<BuildRowProps, 'build'>) {
  const { openRunsTouched: touched, oldestOpenStart } = build;
  if (touched === null) return <p className="pl-4 text-sm text-ink-soft">open runs not counted yet</p>;
  return (
    <p className="pl-4 text-sm text-ink-soft" title="Open runs of which this build has served a task at some time">
      touched {formatCount(touched, 'open run')}
      {oldestOpenStart === null ? null : (
        <>
          , oldest <Time iso={oldestOpenStart} />
        </>
      )}
    </p>
  );
}
