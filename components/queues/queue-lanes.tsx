import { BuildRow } from '#components/queues/build-row.tsx';
import { LaneActions } from '#components/queues/lane-actions.tsx';
import { UnversionedLane } from '#components/queues/unversioned-lane.tsx';
import { Button } from '#components/ui/button.tsx';
import { Count } from '#components/ui/count.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { Section } from '#components/ui/section.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import type { SetSurroundings } from '#lib/format/queue-words.ts';

interface QueueLanesProps {
  readonly queue: TaskQueue;
  readonly commitPattern: string | null;
  /** Opens the dialog of a change; null: changes are not offered. */
  readonly onChange: ((draft: VersionSetOperation) => void) | null;
  /** Opens the trying of several changes, which writes nothing; null: version sets cannot be read. */
  readonly onTry: (() => void) | null;
  readonly surroundingsOf: (set: VersionSetItem) => SetSurroundings;
}

/** Version sets as lanes, queue default on top, the unversioned side last. */
export function QueueLanes({ queue, commitPattern, onChange, onTry, surroundingsOf }: QueueLanesProps) {
  return (
    <Section
      title="Version sets"
      about="Builds of one set may serve each other’s runs; its default takes them."
      actions={
        <>
          {onTry === null ? null : <Button onClick={onTry}>Try several changes</Button>}
          {onChange === null ? null : (
            <Button onClick={() => onChange({ kind: 'add-new-default', buildId: '' })}>Add a new set</Button>
          )}
        </>
      }
    >
      <ol className="flex flex-col gap-3">
        {queue.versionSets.map((set) => (
          <li key={set.buildIds[0]?.buildId ?? 'empty'}>
            <SetLane
              queue={queue}
              set={set}
              around={surroundingsOf(set)}
              commitPattern={commitPattern}
              onChange={onChange}
            />
          </li>
        ))}
        <li>
          <UnversionedLane queue={queue} isChangeable={onChange !== null} />
        </li>
      </ol>
    </Section>
  );
}

interface SetLaneProps extends Omit<QueueLanesProps, 'onTry' | 'surroundingsOf'> {
  readonly set: VersionSetItem;
  readonly around: SetSurroundings;
}

function SetLane({ queue, set, around, commitPattern, onChange }: SetLaneProps) {
  // The default first: it is what the lane does. Then the others, newest first.
  const builds = set.buildIds.toReversed();
  return (
    <article
      className={classNames(
        'min-w-0 rounded-md border bg-surface',
        set.isQueueDefault ? 'border-accent' : 'border-line',
      )}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <h3 className="flex min-w-0 items-baseline gap-1 font-semibold">
          <span className="shrink-0">Set of</span> <IdentifierText text={builds[0]?.buildId ?? '(empty)'} />
        </h3>
        {set.isQueueDefault ? (
          <span className="rounded-sm bg-accent px-1.5 py-0.5 text-xs font-medium text-accent-ink">
            new runs start here
          </span>
        ) : null}
        <span className="text-sm">
          <Count value={set.openRuns} noun="open run" />
        </span>
        {onChange === null ? null : <LaneActions queue={queue} set={set} onChange={onChange} />}
      </header>
      <ol>
        {builds.map((build, index) => (
          <BuildRow
            key={build.buildId}
            queue={queue}
            around={around}
            set={set}
            build={build}
            commitPattern={commitPattern}
            isLast={index === builds.length - 1}
            onChange={onChange}
          />
        ))}
      </ol>
    </article>
  );
}
