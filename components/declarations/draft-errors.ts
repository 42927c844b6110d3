import { type ClaimDraft, claimOf, type DraftField, isoOf } from '#components/declarations/claim-draft.ts';

export type DraftErrors = Readonly<Partial<Record<DraftField, string>>>;

const NAME_MAX = 1000;

/** What is wrong with the fields that the kind uses, each with what would be right; empty: the draft is a claim. */
export function draftErrors(draft: ClaimDraft, nowMs: number): DraftErrors {
  const { kind, patch, isForAll, use } = draft;
  const isVersion = patch.kind === 'version';
  const errors: Partial<Record<DraftField, string>> = {};
  const check = (field: DraftField, error: string | null) => {
    if (error !== null) errors[field] = error;
  };
  switch (kind) {
    case 'ids-name-one-code':
      if (!isForAll) check('taskQueue', nameError(draft.taskQueue));
      break;
    case 'manifest':
      checkIdentity(draft, check);
      if (isVersion && draft.version.trim() !== '') check('version', versionError(draft.version));
      break;
    case 'floor':
      check('taskQueue', nameError(draft.taskQueue));
      check('since', timeError(draft.since, nowMs));
      if (isVersion) check('version', versionError(draft.version));
      else if (draft.call === 'none') check('call', 'Choose a call: a floor says that every worker has one.');
      break;
    case 'callback':
      if (use === 'all-on') check('since', timeError(draft.since, nowMs));
      break;
    case 'types':
      check('workflowTypes', listError(draft.workflowTypes));
      break;
    case 'queues':
      check('workflowType', nameError(draft.workflowType));
      check('taskQueues', listError(draft.taskQueues));
      break;
    case 'calls-together':
      break;
    case 'identity-confirmed':
      checkIdentity(draft, check);
      break;
    case 'replay-proof':
      check('workflowId', nameError(draft.workflowId));
      check('runId', nameError(draft.runId));
      check('eventId', /^[1-9]\d{0,14}$/.test(draft.eventId.trim()) ? null : 'Give the event’s number, from 1.');
      if (isVersion) check('version', versionError(draft.version));
      break;
  }
  // What only the API's own check finds is said at the kind.
  if (Object.keys(errors).length === 0 && claimOf(draft) === null)
    check('kind', 'This is not a claim that can be sent.');
  return errors;
}

function checkIdentity(draft: ClaimDraft, check: (field: DraftField, error: string | null) => void): void {
  if (draft.isDeployment) return check('deploymentVersion', nameError(draft.deploymentVersion));
  check('taskQueue', nameError(draft.taskQueue));
  check('buildId', nameError(draft.buildId));
}

function nameError(name: string): string | null {
  if (name === '') return 'Give the exact name.';
  return name.length > NAME_MAX ? `At most ${NAME_MAX} characters; these are ${name.length}.` : null;
}

function listError(names: readonly string[]): string | null {
  const first = names.map(nameError).find((error) => error !== null) ?? null;
  if (names.length === 0 || first !== null) return first ?? 'Give at least one.';
  return new Set(names).size < names.length ? 'One of them stands there twice.' : null;
}

function versionError(text: string): string | null {
  return /^-?\d{1,9}$/.test(text.trim()) && Number(text) >= -1 ? null : 'Give a whole number, e.g. 2.';
}

function timeError(text: string, nowMs: number): string | null {
  const iso = isoOf(text);
  if (iso === null) return 'Give a moment in UTC, e.g. 2026-11-20 08:00.';
  return Date.parse(iso) > nowMs ? 'This moment is still to come.' : null;
}
