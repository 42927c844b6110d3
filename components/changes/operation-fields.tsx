'use client';

import { Checkbox, NameInput, Select, type SelectOption } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { BUILD_ID_MAX_BYTES } from '#lib/api/changes/schemas.ts';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';

/** What fits a select of the dialog. */
const OPTION_GLYPHS = 48;

interface OperationFieldsProps {
  readonly queue: TaskQueue;
  readonly operation: VersionSetOperation;
  readonly onOperation: (operation: VersionSetOperation) => void;
}

/** What an operation still needs to be told. The API's own checks decide; these only help. */
export function OperationFields({ queue, operation, onOperation }: OperationFieldsProps) {
  switch (operation.kind) {
    case 'add-new-default':
      return <NewBuildField value={operation.buildId} onChange={(buildId) => onOperation({ ...operation, buildId })} />;
    case 'add-new-compatible':
      return (
        <>
          <NewBuildField
            value={operation.newBuildId}
            onChange={(newBuildId) => onOperation({ ...operation, newBuildId })}
          />
          <SetField
            label="Joins the set of"
            queue={queue}
            value={operation.existingBuildId}
            onChange={(existingBuildId) => onOperation({ ...operation, existingBuildId })}
          />
          {isInQueueDefault(queue, operation.existingBuildId) ? null : (
            <Checkbox
              label="Also make the set the queue default: new runs start on it"
              isChecked={operation.asQueueDefault}
              onChange={(asQueueDefault) => onOperation({ ...operation, asQueueDefault })}
            />
          )}
        </>
      );
    case 'promote-set':
    case 'promote-within-set':
      return (
        <p>
          Build ID: <IdentifierText text={operation.buildId} />
        </p>
      );
    case 'merge-sets':
      return (
        <>
          <SetField
            label="The set of"
            queue={queue}
            value={operation.secondaryBuildId}
            onChange={(secondaryBuildId) => onOperation({ ...operation, secondaryBuildId })}
          />
          <SetField
            label="joins the set of"
            hint="This set’s default stays the default."
            queue={queue}
            value={operation.primaryBuildId}
            onChange={(primaryBuildId) => onOperation({ ...operation, primaryBuildId })}
          />
        </>
      );
  }
}

function NewBuildField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const bytes = new TextEncoder().encode(value).length;
  const error = bytes > BUILD_ID_MAX_BYTES ? `At most ${BUILD_ID_MAX_BYTES} bytes; these are ${bytes}.` : null;
  return (
    <Field label="New build ID" hint="Exactly as its workers send it." error={error}>
      <NameInput value={value} onChange={onChange} />
    </Field>
  );
}

interface SetFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly queue: TaskQueue;
  readonly value: string;
  readonly onChange: (buildId: string) => void;
}

/** Chooses a set by its default build. */
function SetField({ label, hint, queue, value, onChange }: SetFieldProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Select className="w-full" value={value} onChange={onChange} options={setOptions(queue)} />
    </Field>
  );
}

function setOptions(queue: TaskQueue): readonly SelectOption[] {
  return queue.versionSets.flatMap((set) =>
    set.buildIds
      .filter((build) => build.isSetDefault)
      .map(({ buildId }) => {
        const name = truncateMiddle(escapeText(buildId), OPTION_GLYPHS);
        return { value: buildId, label: set.isQueueDefault ? `${name} (queue default)` : name };
      }),
  );
}

function isInQueueDefault(queue: TaskQueue, buildId: string): boolean {
  return queue.versionSets.some((set) => set.isQueueDefault && set.buildIds.some((build) => build.buildId === buildId));
}
