'use client';

import { Checkbox, NameInput, Select, type SelectOption } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { BUILD_ID_MAX_BYTES } from '#lib/api/changes/schemas.ts';
import { buildIdsOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';

/** What fits a select of the dialog. */
const OPTION_GLYPHS = 48;

interface OperationFieldsProps {
  /** The sets that the operation meets. */
  readonly sets: VersionSets;
  readonly operation: VersionSetOperation;
  readonly onOperation: (operation: VersionSetOperation) => void;
  /** True: also what a button would know already is chosen here. */
  readonly isOpen?: boolean;
}

/** What an operation still needs to be told. The API's own checks decide; these only help. */
export function OperationFields({ sets, operation, onOperation, isOpen = false }: OperationFieldsProps) {
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
            sets={sets}
            value={operation.existingBuildId}
            onChange={(existingBuildId) => onOperation({ ...operation, existingBuildId })}
          />
          {isInQueueDefault(sets, operation.existingBuildId) ? null : (
            <Checkbox
              label="Also make the set the queue default: new runs start on it"
              isChecked={operation.asQueueDefault}
              onChange={(asQueueDefault) => onOperation({ ...operation, asQueueDefault })}
            />
          )}
        </>
      );
    case 'promote-set':
      if (!isOpen) return <TheBuild buildId={operation.buildId} />;
      return (
        <SetField
          label="The set of"
          sets={sets}
          value={operation.buildId}
          onChange={(buildId) => onOperation({ ...operation, buildId })}
        />
      );
    case 'promote-within-set':
      if (!isOpen) return <TheBuild buildId={operation.buildId} />;
      return (
        <ChoiceField
          label="Build ID"
          value={operation.buildId}
          options={buildOptions(sets)}
          onChange={(buildId) => onOperation({ ...operation, buildId })}
        />
      );
    case 'merge-sets':
      return (
        <>
          <SetField
            label="The set of"
            sets={sets}
            value={operation.secondaryBuildId}
            onChange={(secondaryBuildId) => onOperation({ ...operation, secondaryBuildId })}
          />
          <SetField
            label="joins the set of"
            hint="This set’s default stays the default."
            sets={sets}
            value={operation.primaryBuildId}
            onChange={(primaryBuildId) => onOperation({ ...operation, primaryBuildId })}
          />
        </>
      );
  }
}

function TheBuild({ buildId }: { buildId: string }) {
  return (
    <p>
      Build ID: <IdentifierText text={buildId} />
    </p>
  );
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

interface ChoiceFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange: (buildId: string) => void;
}

/** Something to choose from the sets. A value that is not among them, e.g. of a step that was taken out, stays to be seen. */
function ChoiceField({ label, hint, value, options, onChange }: ChoiceFieldProps) {
  const isKnown = options.some((option) => option.value === value);
  const missing = value === '' ? 'choose' : `${shown(value)} (in no set)`;
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Select
        className="w-full"
        value={value}
        onChange={onChange}
        options={isKnown ? options : [{ value, label: missing }, ...options]}
      />
    </Field>
  );
}

/** Chooses a set by its default build. */
function SetField({ sets, ...props }: Omit<ChoiceFieldProps, 'options'> & { sets: VersionSets }) {
  return <ChoiceField {...props} options={setOptions(sets)} />;
}

/** Queue default first, as the lanes stand. */
function setOptions(sets: VersionSets): readonly SelectOption[] {
  return sets.sets.toReversed().flatMap((set) => {
    const value = setDefault(set);
    if (value === null) return [];
    return [{ value, label: value === queueDefault(sets) ? `${shown(value)} (queue default)` : shown(value) }];
  });
}

function buildOptions(sets: VersionSets): readonly SelectOption[] {
  const defaults = sets.sets.map((set) => setDefault(set));
  return buildIdsOf(sets)
    .toReversed()
    .map((value) => ({ value, label: defaults.includes(value) ? `${shown(value)} (set default)` : shown(value) }));
}

function shown(buildId: string): string {
  return truncateMiddle(escapeText(buildId), OPTION_GLYPHS);
}

function isInQueueDefault(sets: VersionSets, buildId: string): boolean {
  const host = setOf(sets, buildId);
  return host !== null && host === sets.sets.at(-1);
}
