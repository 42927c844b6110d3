import { Button } from '#components/ui/button.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import type { TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

interface LaneActionsProps {
  readonly queue: TaskQueue;
  readonly set: VersionSetItem;
  readonly onChange: (draft: VersionSetOperation) => void;
}

/** What can be done to a whole set. Each opens the dialog; nothing happens before its last button. */
export function LaneActions({ queue, set, onChange }: LaneActionsProps) {
  const buildId = defaultOf(set);
  const primary = queue.versionSets.find((other) => other !== set);
  if (buildId === null) return null;
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      {set.isQueueDefault ? null : (
        <Button onClick={() => onChange({ kind: 'promote-set', buildId })}>
          Promote for new runs
          <Suffix buildId={buildId} />
        </Button>
      )}
      <Button
        onClick={() =>
          onChange({ kind: 'add-new-compatible', newBuildId: '', existingBuildId: buildId, asQueueDefault: false })
        }
      >
        Add a build
        <Suffix buildId={buildId} />
      </Button>
      {primary === undefined ? null : (
        <Button
          onClick={() =>
            onChange({
              kind: 'merge-sets',
              primaryBuildId: defaultOf(primary) ?? '',
              secondaryBuildId: buildId,
            })
          }
        >
          Merge
          <Suffix buildId={buildId} />
        </Button>
      )}
    </span>
  );
}

function Suffix({ buildId }: { buildId: string }) {
  return (
    <span className="sr-only">
      : set of <IdentifierText text={buildId} />
    </span>
  );
}

function defaultOf(set: VersionSetItem): string | null {
  return set.buildIds.find((build) => build.isSetDefault)?.buildId ?? null;
}
