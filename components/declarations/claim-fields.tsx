'use client';

import type { ReactNode } from 'react';
import type { ClaimDraft } from '#components/declarations/claim-draft.ts';
import type { DraftErrors } from '#components/declarations/draft-errors.ts';
import { NameList } from '#components/declarations/name-list.tsx';
import { Checkbox, NameInput, Select, TextInput } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { QUESTIONS_OF } from '#lib/domain/patches/next-question.ts';
import { QUESTION_WORDS } from '#lib/format/verdict-words.ts';

export interface ClaimFieldsProps {
  readonly draft: ClaimDraft;
  readonly onChange: (parts: Partial<ClaimDraft>) => void;
  /** Shown once the reader tried to send. */
  readonly errors: DraftErrors;
}

const CALLS = [
  { value: 'patched', label: 'patched' },
  { value: 'deprecate-patch', label: 'deprecate_patch' },
] as const;
const CALLS_OR_NONE = [...CALLS, { value: 'none', label: 'no call of it' }] as const;
const USES = [
  { value: 'none', label: 'None is in use' },
  { value: 'all-on', label: 'In use, and accepts every patch since a moment' },
  { value: 'in-use', label: 'In use: it may decline' },
] as const;

/** What each kind of claim needs to be told. */
export function ClaimFields(props: ClaimFieldsProps) {
  const { draft, onChange, errors } = props;
  switch (draft.kind) {
    case 'ids-name-one-code':
      return (
        <>
          <Checkbox
            label="For every task queue of the namespace"
            isChecked={draft.isForAll}
            onChange={(isForAll) => onChange({ isForAll })}
          />
          {draft.isForAll ? null : <NameField {...props} field="taskQueue" label="Task queue" />}
        </>
      );
    case 'floor':
      return (
        <>
          <NameField {...props} field="taskQueue" label="Task queue" />
          <CallField {...props} label="Every worker runs at least" options={CALLS} />
          <SinceField {...props} />
          <TypeField {...props} />
        </>
      );
    case 'callback':
      return (
        <>
          <Field label="Activation callback">
            <Select
              value={draft.use}
              options={USES}
              onChange={(value) => onChange({ use: USES.find((entry) => entry.value === value)?.value ?? 'in-use' })}
            />
          </Field>
          {draft.use === 'all-on' ? <SinceField {...props} /> : null}
        </>
      );
    case 'types':
      return (
        <NameList
          label="Workflow types that use the patch"
          noun="workflow type"
          names={draft.workflowTypes}
          onChange={(workflowTypes) => onChange({ workflowTypes })}
          error={errors.workflowTypes ?? null}
        />
      );
    case 'queues':
      return (
        <>
          <NameField {...props} field="workflowType" label="Workflow type" />
          <NameList
            label="Task queues that serve it"
            noun="task queue"
            names={draft.taskQueues}
            onChange={(taskQueues) => onChange({ taskQueues })}
            error={errors.taskQueues ?? null}
          />
        </>
      );
    case 'calls-together':
      return (
        <Checkbox
          label="For every patch of the namespace"
          isChecked={draft.isForAll}
          onChange={(isForAll) => onChange({ isForAll })}
        />
      );
    case 'identity-confirmed':
      return <IdentityFields {...props} />;
    case 'manifest':
      return (
        <>
          <IdentityFields {...props} />
          <CallField {...props} label="Its code has" options={CALLS_OR_NONE} />
          <TypeField {...props} />
        </>
      );
    case 'replay-proof':
      return <ProofFields {...props} />;
  }
}

function ProofFields(props: ClaimFieldsProps) {
  const { draft, onChange } = props;
  return (
    <>
      <Field label="The changed code answers">
        <Select
          value={draft.question}
          options={QUESTIONS_OF[draft.patch.kind].map((name) => ({ value: name, label: QUESTION_WORDS[name].title }))}
          onChange={(value) => {
            const question = QUESTIONS_OF[draft.patch.kind].find((name) => name === value);
            if (question !== undefined) onChange({ question });
          }}
        />
      </Field>
      {draft.patch.kind === 'version' ? <TextField {...props} field="version" label="Version" /> : null}
      <NameField {...props} field="workflowId" label="Workflow ID" />
      <NameField {...props} field="runId" label="Run ID" />
      <TextField {...props} field="eventId" label="Replayed up to event" />
    </>
  );
}

/** A build of a queue, or a deployment version. */
function IdentityFields(props: ClaimFieldsProps) {
  const { draft, onChange } = props;
  return (
    <>
      <Field label="The build is">
        <Select
          value={draft.isDeployment ? 'deployment' : 'build'}
          options={[
            { value: 'build', label: 'a build ID on a task queue' },
            { value: 'deployment', label: 'a deployment version' },
          ]}
          onChange={(value) => onChange({ isDeployment: value === 'deployment' })}
        />
      </Field>
      {draft.isDeployment ? (
        <NameField {...props} field="deploymentVersion" label="Deployment version" hint="As deployment:build." />
      ) : (
        <>
          <NameField {...props} field="buildId" label="Build ID" />
          <NameField {...props} field="taskQueue" label="Task queue" />
        </>
      )}
    </>
  );
}

interface CallFieldProps extends ClaimFieldsProps {
  readonly label: string;
  readonly options: typeof CALLS | typeof CALLS_OR_NONE;
}

/** GetVersion has versions where the others have two calls. */
function CallField(props: CallFieldProps) {
  const { draft, onChange, errors, label, options } = props;
  if (draft.patch.kind === 'version') {
    const isManifest = draft.kind === 'manifest';
    return (
      <TextField
        {...props}
        field="version"
        label={isManifest ? 'Its maxSupported' : 'Every worker records at least version'}
        {...(isManifest ? { hint: 'Empty: its code has no call of it.' } : {})}
      />
    );
  }
  return (
    <Field label={label} error={errors.call ?? null}>
      <Select
        value={draft.call}
        options={options}
        onChange={(value) => onChange({ call: options.find((entry) => entry.value === value)?.value ?? 'patched' })}
      />
    </Field>
  );
}

function SinceField(props: ClaimFieldsProps) {
  return <TextField {...props} field="since" label="Since" hint="In UTC, e.g. 2026-11-20 08:00." />;
}

function TypeField(props: ClaimFieldsProps) {
  return (
    <NameField {...props} field="workflowType" label="Workflow type" hint="Empty: every type that the code holds." />
  );
}

interface OneFieldProps<Name extends keyof ClaimDraft> extends ClaimFieldsProps {
  readonly field: Name;
  readonly label: ReactNode;
  readonly hint?: string;
}

type NameOf = 'taskQueue' | 'workflowType' | 'buildId' | 'deploymentVersion' | 'workflowId' | 'runId';

function NameField({ draft, onChange, errors, field, label, hint }: OneFieldProps<NameOf>) {
  return (
    <Field label={label} error={errors[field] ?? null} {...(hint === undefined ? {} : { hint })}>
      <NameInput value={draft[field]} onChange={(value) => onChange({ [field]: value })} />
    </Field>
  );
}

function TextField({ draft, onChange, errors, field, label, hint }: OneFieldProps<'version' | 'since' | 'eventId'>) {
  return (
    <Field label={label} error={errors[field] ?? null} {...(hint === undefined ? {} : { hint })}>
      <TextInput value={draft[field]} onChange={(value) => onChange({ [field]: value })} />
    </Field>
  );
}
