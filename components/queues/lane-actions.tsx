import { Button } from '#components/ui/button.tsx';
import type { TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';

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
  const which = `set of ${escapeText(buildId)}`;
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      {set.isQueueDefault ? null : (
        <Button
          aria-label={`Promote for new runs: ${which}`}
          onClick={() => onChange({ kind: 'promote-set', buildId })}
        >
          Promote for new runs
        </Button>
      )}
      <Button
        look="quiet"
        aria-label={`Add a build: ${which}`}
        onClick={() =>
          onChange({ kind: 'add-new-compatible', newBuildId: '', existingBuildId: buildId, asQueueDefault: false })
        }
      >
        Add a build
      </Button>
      {primary === undefined ? null : (
        <Button
          look="quiet"
          aria-label={`Merge: ${which}`}
          onClick={() =>
            onChange({
              kind: 'merge-sets',
              primaryBuildId: defaultOf(primary) ?? '',
              secondaryBuildId: buildId,
            })
          }
        >
          Merge
        </Button>
      )}
    </span>
  );
}

function defaultOf(set: VersionSetItem): string | null {
  return set.buildIds.find((build) => build.isSetDefault)?.buildId ?? null;
}
