import { compareText } from '#lib/domain/census/compare-text.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';

/** What a code does with a patch. `none`: it holds no call of it, whichever branch it has. */
export type CoreCall = 'none' | 'patched' | 'deprecate-patch';

/** What a manifest says of one patch in one workflow type; `workflowType` null: in every type that this code holds. */
export type ManifestPatch =
  | { readonly kind: 'core'; readonly id: string; readonly workflowType: string | null; readonly call: CoreCall }
  | {
      readonly kind: 'version';
      readonly id: string;
      readonly workflowType: string | null;
      /** maxSupported, which a live call records; null: no call. */
      readonly version: number | null;
    };

/** An identity as people name it: a deployment version `deployment:build`, or a build ID on a task queue. */
export type IdentityName =
  | { readonly deploymentVersion: string; readonly taskQueue: null; readonly buildId: null }
  | { readonly deploymentVersion: null; readonly taskQueue: string; readonly buildId: string };

/**
 * Something that Temporal cannot tell and a person or CI did. Each stands only as long as no evidence contradicts it, and is
 * printed with every answer that rests on it. `patched` and `deprecate-patch` mean: at every place that has the call today.
 */
export type FactClaim =
  /** Every build ID of the namespace (or of one queue) names exactly one code. */
  | { readonly kind: 'ids-name-one-code'; readonly taskQueue: string | null }
  /** Written by CI: what one identity's code does with these patches. */
  | { readonly kind: 'manifest'; readonly identity: IdentityName; readonly patches: readonly ManifestPatch[] }
  /** Since `sinceMs` every worker of the queue runs at least this call. */
  | {
      readonly kind: 'floor';
      readonly taskQueue: string;
      readonly patch: PatchRef;
      readonly workflowType: string | null;
      /** core: `patched` or `deprecate-patch`; version: null, see `version`. */
      readonly call: Exclude<CoreCall, 'none'> | null;
      /** version: every worker records at least this; core: null. */
      readonly version: number | null;
      readonly sinceMs: number;
    }
  /** Patch activation callback or preferred version provider. Not declared counts as in use. */
  | { readonly kind: 'callback'; readonly use: 'none' | 'in-use' }
  | { readonly kind: 'callback'; readonly use: 'all-on'; readonly sinceMs: number }
  /** Exactly these workflow types use the patch. */
  | { readonly kind: 'types'; readonly patch: PatchRef; readonly workflowTypes: readonly string[] }
  /** Queues that serve the type beside those that runs and schedules show. */
  | { readonly kind: 'queues'; readonly workflowType: string; readonly taskQueues: readonly string[] }
  /** All calls of the patch (null: of every patch) entered the code in one deploy, and became `deprecate_patch` in one. */
  | { readonly kind: 'calls-together'; readonly patch: PatchRef | null }
  /** Somebody looked: this identity names one code although it raised suspicion. */
  | { readonly kind: 'identity-confirmed'; readonly identity: IdentityName }
  /**
   * The changed code replayed this run's history up to the event without an error. For `deprecate` that code must still call
   * `patched` and have an error where the old branch was: with `deprecate_patch` a run that is in the old branch and has recorded no
   * command of it yet replays too, and a worker that has the old branch goes on in it.
   */
  | {
      readonly kind: 'replay-proof';
      readonly patch: PatchRef;
      readonly question: PatchQuestion;
      readonly workflowId: string;
      readonly runId: string;
      readonly eventId: number;
    };

export type FactKind = FactClaim['kind'];

/** A claim with who made it and when. Configuration is a declarer too. */
export interface DeclaredFact {
  /** Unique within a namespace. */
  readonly id: string;
  readonly declaredBy: string;
  readonly declaredAtMs: number;
  readonly claim: FactClaim;
}

export type ClaimOf<K extends FactKind> = Extract<FactClaim, { kind: K }>;

/** Oldest first. Where several facts speak of one thing it is always the same one that counts, however they were stored. */
export function inOrder(facts: readonly DeclaredFact[]): readonly DeclaredFact[] {
  return facts.toSorted((a, b) => a.declaredAtMs - b.declaredAtMs || compareText(a.id, b.id));
}

/** Facts of one kind, each with its claim narrowed. */
export function factsOfKind<K extends FactKind>(
  facts: readonly DeclaredFact[],
  kind: K,
): readonly (DeclaredFact & { readonly claim: ClaimOf<K> })[] {
  const isOfKind = (fact: DeclaredFact): fact is DeclaredFact & { readonly claim: ClaimOf<K> } =>
    fact.claim.kind === kind;
  return facts.filter(isOfKind);
}
