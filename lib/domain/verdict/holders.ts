import type { TaskFact } from '#lib/domain/census/types.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import {
  type ClaimOf,
  type DeclaredFact,
  factsOfKind,
  type IdentityName,
  type ManifestPatch,
} from '#lib/domain/verdict/declared-facts.ts';
import { isFencedWorker } from '#lib/domain/verdict/fence.ts';
import { hashesCode, identityKey, identityOfTask, identityOfWorker } from '#lib/domain/verdict/identity.ts';
import { type IdentityBook, type IdentityRecord, isCaller, isOf } from '#lib/domain/verdict/identity-book.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { TargetBuild, WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Tasks of the type this long before an identity first showed the call: its build ID may have named an older code first. */
const SUSPICION_MS = 60 * 60_000;

/**
 * Does a code have the call? `yes`; `suspect`, `calls`: it would, once somebody confirms the identity or declares that the calls
 * entered together; `lacks`: it is known not to; `not-known`.
 */
export type Holding = 'yes' | 'suspect' | 'calls' | 'lacks' | 'not-known';

/** When and where something was done. A poller does it now. */
export interface Moment {
  readonly taskQueue: string;
  readonly timeMs: number;
}

export interface Holders {
  /** Whoever did this at that moment had the call, at every place that has it today. */
  readonly holdsCall: (identity: IdentityName | null, at: Moment) => Holding;
  /** The same, of `deprecate_patch` and never `patched`. */
  readonly deprecates: (identity: IdentityName | null, at: Moment) => Holding;
  /** Its live calls record only versions that the question allows; `lacks`: another one too. */
  readonly recordsOnly: (identity: IdentityName | null, at: Moment, question: VersionQuestion) => Holding;
  readonly holdsCallAt: (task: TaskFact) => Holding;
  readonly deprecatesAt: (task: TaskFact) => Holding;
  /** The same, where a code may have `deprecate_patch` at one place and still `patched` at another, which it never passed first. */
  readonly deprecatesAllAt: (task: TaskFact) => Holding;
  readonly recordsOnlyAt: (task: TaskFact, question: VersionQuestion) => Holding;
  readonly isTrusted: (record: IdentityRecord) => boolean;
  readonly isSuspect: (record: IdentityRecord) => boolean;
}

export interface HolderFrame {
  readonly patch: PatchRef;
  readonly workflowType: string;
  readonly book: IdentityBook;
  /** Facts that nothing contradicts. */
  readonly facts: readonly DeclaredFact[];
  /** Who may work on runs of the type now. */
  readonly workers?: readonly WorkerSeen[];
  readonly target?: TargetBuild | null;
  /** Called with each fact that an answer came to rest on. */
  readonly onUsed: (fact: DeclaredFact) => void;
}

type Floor = DeclaredFact & { readonly claim: ClaimOf<'floor'> };
type Manifest = DeclaredFact & { readonly claim: ClaimOf<'manifest'> };
type VersionQuestion = Extract<PatchQuestion, { readonly version: number }>;
type Told = { readonly fact: Manifest; readonly entry: ManifestPatch };

/** Who has the call, from what identities recorded and what is declared (docs/verdict.md, "Holders"). */
export function createHolders(frame: HolderFrame): Holders {
  const { patch, workflowType, book, facts, workers = [], target = null, onUsed } = frame;
  const isOfType = (type: string | null) => type === null || type === workflowType;
  const floors = factsOfKind(facts, 'floor').filter(
    ({ claim }) =>
      isOf(claim.patch, patch) &&
      isOfType(claim.workflowType) &&
      (patch.kind === 'core' ? claim.call : claim.version) !== null,
  );
  const manifests = manifestsByIdentity(facts, patch, isOfType);
  const confirmed = new Map(
    factsOfKind(facts, 'identity-confirmed').map((fact) => [identityKey(fact.claim.identity), fact]),
  );
  const together = factsOfKind(facts, 'calls-together').find(
    ({ claim }) => claim.patch === null || isOf(claim.patch, patch),
  );
  const codesWithCall = countCodesWithCall();

  /** The fact by which the identity's build ID names one code; `hashed`: the ID itself does. */
  function trustOf({ identity, hasWrittenBoth }: IdentityRecord): DeclaredFact | 'hashed' | null {
    if (hasWrittenBoth) return null;
    if (hashesCode(identity)) return 'hashed';
    return idsFactFor(identity, facts);
  }

  /** A hash of the code needs no second look; a declared ID that behaves like two codes does. */
  function isSuspect(record: IdentityRecord): boolean {
    const { firstTaskMs, firstProofMs, sdkVersions } = record;
    if (trustOf(record) === 'hashed') return false;
    if (sdkVersions.size > 1) return true;
    return firstTaskMs !== null && firstProofMs !== null && firstProofMs - firstTaskMs > SUSPICION_MS;
  }

  /**
   * Codes that may have a call of the patch: by what they recorded, by their manifest, or by a floor over whoever polls. Of those who
   * poll apart nobody asks whether they have it, so they may, unless a manifest says no.
   */
  function countCodesWithCall(): number {
    const keys = new Set<string>();
    for (const [key, record] of book) if (isCaller(record)) keys.add(key);
    for (const [key, { entry }] of manifests) if (hasCall(entry)) keys.add(key);
    for (const worker of workers) {
      const identity = identityOfWorker(worker);
      const key = identity === null ? '' : identityKey(identity);
      const isApart = isFencedWorker(worker, target) && !manifests.has(key);
      if (isApart || floors.some(({ claim }) => claim.taskQueue === worker.taskQueue)) keys.add(key);
    }
    return keys.size;
  }

  function floorAt({ taskQueue, timeMs }: Moment, isEnough: (claim: Floor['claim']) => boolean): Floor | undefined {
    return floors.find(({ claim }) => claim.taskQueue === taskQueue && claim.sinceMs <= timeMs && isEnough(claim));
  }

  /**
   * What an identity's own record proves, when its ID names one code and raises no open suspicion.
   * @param isPlaceEnough what it recorded at one place tells of every place. Of several codes an earlier one may lack a call that a
   * later one has
   */
  function byRecord(
    identity: IdentityName,
    hasProof: (record: IdentityRecord) => boolean,
    isPlaceEnough = codesWithCall <= 1,
  ): Holding {
    const record = book.get(identityKey(identity));
    if (record === undefined || !hasProof(record)) return 'not-known';
    const trust = trustOf(record);
    if (trust === null) return 'not-known';
    if (isSuspect(record)) {
      const confirmation = confirmed.get(identityKey(identity));
      if (confirmation === undefined) return 'suspect';
      onUsed(confirmation);
    }
    if (trust !== 'hashed') onUsed(trust);
    if (isPlaceEnough) return 'yes';
    return together === undefined ? 'calls' : used(together);
  }

  function holdsCall(identity: IdentityName | null, at: Moment): Holding {
    const told = identity === null ? undefined : manifests.get(identityKey(identity));
    if (told !== undefined) {
      onUsed(told.fact);
      return hasCall(told.entry) ? 'yes' : 'lacks';
    }
    const floor = floorAt(at, () => true);
    if (floor !== undefined) return used(floor);
    if (identity === null) return 'not-known';
    return byRecord(identity, isCaller);
  }

  function deprecates(identity: IdentityName | null, at: Moment, isPlaceEnough?: boolean): Holding {
    const told = identity === null ? undefined : manifests.get(identityKey(identity));
    if (told !== undefined) {
      onUsed(told.fact);
      return told.entry.kind === 'core' && told.entry.call === 'deprecate-patch' ? 'yes' : 'lacks';
    }
    return byRecordOrFloor(
      identity,
      floorAt(at, ({ call }) => call === 'deprecate-patch'),
      ({ live }) => live > 0,
      (one) => byRecord(one, ({ deprecated }) => deprecated > 0, isPlaceEnough),
    );
  }

  function recordsOnly(identity: IdentityName | null, at: Moment, question: VersionQuestion): Holding {
    const isAllowed = (version: number) =>
      question.name === 'raise-min' ? version >= question.version : version === question.version;
    const told = identity === null ? undefined : manifests.get(identityKey(identity));
    if (told !== undefined) {
      onUsed(told.fact);
      const { entry } = told;
      return entry.kind === 'version' && entry.version !== null && isAllowed(entry.version) ? 'yes' : 'lacks';
    }
    return byRecordOrFloor(
      identity,
      // A floor says "at least", so it never says that no later version is recorded.
      floorAt(at, ({ version }) => question.name === 'raise-min' && version !== null && isAllowed(version)),
      ({ versions }) => ![...versions].every(isAllowed),
      (one) => byRecord(one, ({ versions }) => versions.size > 0),
    );
  }

  /** A trusted record that speaks against it is worth more than a floor: whoever it is, it is below the floor. */
  function byRecordOrFloor(
    identity: IdentityName | null,
    floor: Floor | undefined,
    speaksAgainst: (record: IdentityRecord) => boolean,
    otherwise: (identity: IdentityName) => Holding,
  ): Holding {
    const record = identity === null ? undefined : book.get(identityKey(identity));
    const isAgainst = record !== undefined && speaksAgainst(record);
    if (isAgainst && trustOf(record) !== null) return 'lacks';
    if (floor !== undefined) return used(floor);
    if (isAgainst) return 'lacks';
    return identity === null ? 'not-known' : otherwise(identity);
  }

  function used(fact: DeclaredFact): Holding {
    onUsed(fact);
    return 'yes';
  }

  const momentOf = ({ taskQueue, timeMs }: TaskFact): Moment => ({ taskQueue, timeMs });
  return {
    holdsCall,
    deprecates,
    recordsOnly,
    holdsCallAt: (task) => holdsCall(identityOfTask(task), momentOf(task)),
    deprecatesAt: (task) => deprecates(identityOfTask(task), momentOf(task)),
    deprecatesAllAt: (task) => deprecates(identityOfTask(task), momentOf(task), false),
    recordsOnlyAt: (task, question) => recordsOnly(identityOfTask(task), momentOf(task), question),
    isTrusted: (record) => trustOf(record) !== null,
    isSuspect: (record) => isSuspect(record) && !confirmed.has(identityKey(record.identity)),
  };
}

function hasCall(entry: ManifestPatch): boolean {
  return entry.kind === 'core' ? entry.call !== 'none' : entry.version !== null;
}

/** Can this identity ever be shown to have the call by what it records? */
export function canBeTrusted(identity: IdentityName, facts: readonly DeclaredFact[]): boolean {
  return hashesCode(identity) || idsFactFor(identity, facts) !== null;
}

function idsFactFor({ taskQueue }: IdentityName, facts: readonly DeclaredFact[]): DeclaredFact | null {
  const declared = factsOfKind(facts, 'ids-name-one-code');
  return declared.find(({ claim }) => claim.taskQueue === null || claim.taskQueue === taskQueue) ?? null;
}

/** The newest manifest of an identity counts, and of its entries the one that names the type. */
function manifestsByIdentity(
  facts: readonly DeclaredFact[],
  patch: PatchRef,
  isOfType: (type: string | null) => boolean,
): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  const oldestFirst = factsOfKind(facts, 'manifest').toSorted((a, b) => a.declaredAtMs - b.declaredAtMs);
  for (const fact of oldestFirst) {
    const entries = fact.claim.patches.filter((entry) => isOf(entry, patch) && isOfType(entry.workflowType));
    const entry = entries.find(({ workflowType }) => workflowType !== null) ?? entries[0];
    if (entry !== undefined) told.set(identityKey(fact.claim.identity), { fact, entry });
  }
  return told;
}
