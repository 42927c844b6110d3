import { type Claim, claimSchema } from '#lib/api/declarations/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { FactClaim, FactKind, IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';

/** What the form holds: every field of every kind as text, so that changing the kind loses nothing. */
export interface ClaimDraft {
  readonly kind: FactKind;
  readonly patch: PatchRef;
  /** `ids-name-one-code`, `calls-together`: all of the namespace instead of one queue or patch. */
  readonly isForAll: boolean;
  readonly taskQueue: string;
  /** Empty: every type. */
  readonly workflowType: string;
  /** Of an identity: a deployment version, or a build of the queue. */
  readonly isDeployment: boolean;
  readonly buildId: string;
  readonly deploymentVersion: string;
  readonly call: 'none' | 'patched' | 'deprecate-patch';
  readonly version: string;
  readonly since: string;
  readonly use: 'none' | 'in-use' | 'all-on';
  readonly workflowTypes: readonly string[];
  readonly taskQueues: readonly string[];
  readonly question: PatchQuestion['name'];
  readonly workflowId: string;
  readonly runId: string;
  readonly eventId: string;
}

export type DraftField = keyof ClaimDraft;

export function emptyDraft(patch: PatchRef): ClaimDraft {
  const isCore = patch.kind === 'core';
  return {
    kind: 'ids-name-one-code',
    patch,
    isForAll: false,
    taskQueue: '',
    workflowType: '',
    isDeployment: false,
    buildId: '',
    deploymentVersion: '',
    call: 'patched',
    version: '',
    since: '',
    use: 'none',
    workflowTypes: [''],
    taskQueues: [''],
    question: isCore ? 'deprecate' : 'raise-min',
    workflowId: '',
    runId: '',
    eventId: '',
  };
}

/** A claim that somebody proposed, as the form begins with it. Times that nobody knows are left to be given. */
export function draftOf(claim: FactClaim, patch: PatchRef): ClaimDraft {
  const empty = { ...emptyDraft(patch), kind: claim.kind };
  switch (claim.kind) {
    case 'ids-name-one-code':
      return { ...empty, isForAll: claim.taskQueue === null, taskQueue: claim.taskQueue ?? '' };
    case 'manifest': {
      const own = claim.patches[0];
      return {
        ...empty,
        ...identityDraft(claim.identity),
        ...(own === undefined ? {} : { patch: { kind: own.kind, id: own.id }, workflowType: own.workflowType ?? '' }),
        ...(own?.kind === 'core' ? { call: own.call } : { version: textOf(own?.version ?? null) }),
      };
    }
    case 'floor':
      return {
        ...empty,
        patch: claim.patch,
        taskQueue: claim.taskQueue,
        workflowType: claim.workflowType ?? '',
        call: claim.call ?? 'patched',
        version: textOf(claim.version),
        since: timeText(claim.sinceMs),
      };
    case 'callback':
      return { ...empty, use: claim.use, since: claim.use === 'all-on' ? timeText(claim.sinceMs) : '' };
    case 'types':
      return { ...empty, patch: claim.patch, workflowTypes: atLeastOne(claim.workflowTypes) };
    case 'queues':
      return { ...empty, workflowType: claim.workflowType, taskQueues: atLeastOne(claim.taskQueues) };
    case 'calls-together':
      return { ...empty, isForAll: claim.patch === null, patch: claim.patch ?? patch };
    case 'identity-confirmed':
      return { ...empty, ...identityDraft(claim.identity) };
    case 'replay-proof':
      return {
        ...empty,
        patch: claim.patch,
        question: claim.question.name,
        version: 'version' in claim.question ? String(claim.question.version) : '',
        workflowId: claim.workflowId,
        runId: claim.runId,
        eventId: String(claim.eventId),
      };
  }
}

function identityDraft(identity: IdentityName): Partial<ClaimDraft> {
  return identity.deploymentVersion === null
    ? { isDeployment: false, taskQueue: identity.taskQueue, buildId: identity.buildId }
    : { isDeployment: true, deploymentVersion: identity.deploymentVersion };
}

function textOf(version: number | null): string {
  return version === null ? '' : String(version);
}

function timeText(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : '';
}

function atLeastOne(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [''] : names;
}

/** The claim that the draft makes, as it travels; null: something is missing (`draftErrors` says what). */
export function claimOf(draft: ClaimDraft): Claim | null {
  return claimSchema.safeParse(wireOf(draft)).data ?? null;
}

function wireOf(draft: ClaimDraft): unknown {
  const { kind, patch, taskQueue, isForAll, question } = draft;
  const isCore = patch.kind === 'core';
  const type = draft.workflowType === '' ? null : draft.workflowType;
  const version = numberOf(draft.version);
  const since = isoOf(draft.since);
  switch (kind) {
    case 'ids-name-one-code':
      return { kind, taskQueue: isForAll ? null : taskQueue };
    case 'manifest': {
      const own = { kind: patch.kind, id: patch.id, workflowType: type };
      const patches = [isCore ? { ...own, call: draft.call } : { ...own, version }];
      return { kind, identity: identityOf(draft), patches };
    }
    case 'floor': {
      const least = isCore ? { call: draft.call, version: null } : { call: null, version: version ?? undefined };
      return { kind, taskQueue, patch, workflowType: type, ...least, since };
    }
    case 'callback':
      return { kind, use: draft.use, since: draft.use === 'all-on' ? (since ?? '') : null };
    case 'types':
      return { kind, patch, workflowTypes: draft.workflowTypes };
    case 'queues':
      return { kind, workflowType: draft.workflowType, taskQueues: draft.taskQueues };
    case 'calls-together':
      return { kind, patch: isForAll ? null : patch };
    case 'identity-confirmed':
      return { kind, identity: identityOf(draft) };
    case 'replay-proof': {
      const asked = isCore ? { name: question } : { name: question, version };
      const { workflowId, runId, eventId } = draft;
      return { kind, patch, question: asked, workflowId, runId, eventId: numberOf(eventId) };
    }
  }
}

function identityOf({ isDeployment, deploymentVersion, taskQueue, buildId }: ClaimDraft): unknown {
  return isDeployment
    ? { deploymentVersion, taskQueue: null, buildId: null }
    : { deploymentVersion: null, taskQueue, buildId };
}

function numberOf(text: string): number | null {
  return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** What a reader types for a moment: RFC 3339, or without its `T` and zone, which is UTC then. null: it is no moment. */
export function isoOf(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:\d{2})?$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, day = '', time = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${day}T${time}${zone}`);
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
