import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { CoreCall, FactClaim, IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import { identityKey } from '#lib/domain/verdict/identity.ts';
import { type PatchQuestion, patchOf } from '#lib/domain/verdict/question.ts';
import type { ReasonCode } from '#lib/domain/verdict/types.ts';

/** A worker as a reason names it. */
export interface HinderingWorker {
  readonly identity: IdentityName | null;
  readonly taskQueue: string;
}

/** The parts of a reason that a remedy needs: those of the domain and those that travel have them alike. */
export interface ReasonFacts {
  /** A `ReasonCode`; plain text, since a newer server may know more. */
  readonly code: string;
  readonly workers: readonly HinderingWorker[];
  readonly examples: readonly { readonly taskQueue: string }[];
  readonly workflowTypes: readonly string[];
}

/** One thing that somebody could do to change the answer. */
export type Remedy =
  /** A draft: times that nobody knows yet are `Infinity`, lists that nobody gave are empty. */
  | { readonly kind: 'declare'; readonly claim: FactClaim }
  | { readonly kind: 'stop-workers' }
  | { readonly kind: 'wait-for-runs' }
  /** `larger`: with more time or histories. */
  | { readonly kind: 'ask'; readonly budget: 'same' | 'larger' };

/** A reason may name hundreds of queues or builds; so many drafts of one kind are what a reader can weigh. */
const DRAFTS_MAX = 5;

const ASK: Remedy = { kind: 'ask', budget: 'same' };
const ASK_LARGER: Remedy = { kind: 'ask', budget: 'larger' };
const WAIT: Remedy = { kind: 'wait-for-runs' };
const STOP: Remedy = { kind: 'stop-workers' };

const WITHOUT_CALLBACK: readonly Remedy[] = [
  declare({ kind: 'callback', use: 'none' }),
  declare({ kind: 'callback', use: 'all-on', sinceMs: Infinity }),
];

/**
 * What would change an answer that has this reason, the likeliest first; empty for a code that is not known here.
 * @param knownTypes workflow types that recorded the patch: where a list of types is to be declared, it begins with them
 */
export function remediesFor(
  reason: ReasonFacts,
  question: PatchQuestion,
  patchId: string,
  knownTypes: readonly string[] = [],
): readonly Remedy[] {
  const patch = patchOf(question, patchId);
  return isRemediable(reason.code) ? REMEDIES[reason.code](reason, { question, patch, knownTypes }) : [];
}

interface Frame {
  readonly question: PatchQuestion;
  readonly patch: PatchRef;
  readonly knownTypes: readonly string[];
}

const REMEDIES: Readonly<Record<ReasonCode, (reason: ReasonFacts, frame: Frame) => readonly Remedy[]>> = {
  'marker-live': () => [WAIT],
  'may-hold-old-branch': (reason, frame) => [WAIT, ...codeDrafts(reason, frame)],
  'label-full': () => [WAIT],
  'version-below-min': () => [WAIT],
  'version-differs': () => [WAIT],
  'worker-lacks-call': () => [STOP],
  'worker-writes-live': () => [STOP],
  'worker-writes-other-version': () => [STOP],
  'callback-in-use': () => WITHOUT_CALLBACK.toReversed(),
  'never-seen': typesDraft,
  'history-unreadable': () => [ASK],
  'marker-unreadable': () => [WAIT],
  'not-read-yet': () => [ASK],
  'evidence-budget': () => [ASK_LARGER],
  'list-incomplete': () => [ASK_LARGER],
  'task-under-way': () => [ASK],
  'worker-not-known': (reason, frame) => [...codeDrafts(reason, frame), ...manifestDrafts(reason, frame), STOP],
  'no-poller': queuesDrafts,
  'workers-not-watched': () => [ASK],
  'queues-not-known': queuesDrafts,
  'identity-suspect': ({ workers }) =>
    identitiesOf(workers).map((identity) => declare({ kind: 'identity-confirmed', identity })),
  'calls-not-declared': (_reason, { patch }) => [declare({ kind: 'calls-together', patch })],
  'callback-not-declared': () => WITHOUT_CALLBACK,
  'types-not-declared': typesDraft,
};

function isRemediable(code: string): code is ReasonCode {
  return Object.hasOwn(REMEDIES, code);
}

function declare(claim: FactClaim): Remedy {
  return { kind: 'declare', claim };
}

/** What the code at work was, by queue: each ID names one code, or everything since some moment has the call. */
function codeDrafts({ workers, examples }: ReasonFacts, { question, patch }: Frame): readonly Remedy[] {
  const queues = distinct([...workers, ...examples].map(({ taskQueue }) => taskQueue));
  // A deployment version belongs to no queue: only the namespace's declaration covers it.
  const isDeployed = workers.some(({ identity }) => identity !== null && identity.deploymentVersion !== null);
  const hasIds = workers.length === 0 || workers.some(({ identity }) => identity !== null);
  const ids = isDeployed ? [null] : hasIds ? queues : [];
  // A floor says "at least": it never shows that a worker records this version and no other.
  const floors = question.name === 'drop-call' ? [] : queues;
  return [
    ...ids.map((taskQueue) => declare({ kind: 'ids-name-one-code', taskQueue })),
    ...floors.map((taskQueue) =>
      declare({ kind: 'floor', taskQueue, patch, workflowType: null, ...leastOf(question), sinceMs: Infinity }),
    ),
  ];
}

function manifestDrafts({ workers }: ReasonFacts, { question, patch }: Frame): readonly Remedy[] {
  const { call, version } = leastOf(question);
  return identitiesOf(workers).map((identity) =>
    declare({
      kind: 'manifest',
      identity,
      patches: [
        patch.kind === 'core'
          ? { kind: 'core', id: patch.id, workflowType: null, call: call ?? 'none' }
          : { kind: 'version', id: patch.id, workflowType: null, version },
      ],
    }),
  );
}

/** The least that a worker must run for the question to be answered with yes. */
function leastOf(question: PatchQuestion): {
  readonly call: Exclude<CoreCall, 'none'> | null;
  readonly version: number | null;
} {
  switch (question.name) {
    case 'deprecate':
      return { call: 'patched', version: null };
    case 'remove':
      return { call: 'deprecate-patch', version: null };
    case 'raise-min':
    case 'drop-call':
      return { call: null, version: question.version };
  }
}

function queuesDrafts({ workflowTypes }: ReasonFacts): readonly Remedy[] {
  return distinct(workflowTypes).map((workflowType) => declare({ kind: 'queues', workflowType, taskQueues: [] }));
}

function typesDraft(_reason: ReasonFacts, { patch, knownTypes }: Frame): readonly Remedy[] {
  return [declare({ kind: 'types', patch, workflowTypes: knownTypes })];
}

function identitiesOf(workers: readonly HinderingWorker[]): readonly IdentityName[] {
  const byKey = new Map<string, IdentityName>();
  for (const { identity } of workers) if (identity !== null) byKey.set(identityKey(identity), identity);
  return [...byKey.values()].slice(0, DRAFTS_MAX);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, DRAFTS_MAX);
}
