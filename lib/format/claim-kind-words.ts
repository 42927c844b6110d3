import type { FactClaim, FactKind } from '#lib/domain/verdict/declared-facts.ts';
import type { Contradiction } from '#lib/domain/verdict/types.ts';
import { claimWords } from '#lib/format/declare-words.ts';
import { escapeText } from '#lib/format/escape-text.ts';

export interface ClaimKindWords {
  readonly title: string;
  /** What one says with it, and when it is false. */
  readonly about: string;
}

/** The kinds of facts that can be declared, the most useful ones first. */
export const CLAIM_KIND_WORDS: Readonly<Record<FactKind, ClaimKindWords>> = {
  'ids-name-one-code': {
    title: 'Each build ID names one code',
    about:
      'No build ID was ever used for two different codes. It is false when a deploy reuses the ID of an earlier one, as “latest” or a version that is not raised.',
  },
  floor: {
    title: 'The least that every worker runs',
    about:
      'Since a moment, every worker of the task queue has the call at every place that has it today. It is false when an older worker polled again after that, even for a minute.',
  },
  callback: {
    title: 'Activation callback',
    about:
      'Whether workers set a patch activation callback (Go, Java: a preferred version provider). One in use can decline a patch and leave no marker.',
  },
  types: {
    title: 'Which workflow types use the patch',
    about: 'The list is complete: no other workflow type reaches the call, through a shared helper either.',
  },
  'calls-together': {
    title: 'All calls came in one deploy, and were deprecated in one',
    about:
      'Every call of the patch entered the code in the same deploy, and every one became deprecate_patch in the same deploy. It is false when a later deploy added a call of the same id at another place, or when only some calls were changed.',
  },
  queues: {
    title: 'Which task queues serve a workflow type',
    about: 'These task queues serve the type beside those that open runs and schedules show.',
  },
  'identity-confirmed': {
    title: 'A suspect build names one code',
    about: 'Somebody looked at the deploys of this build: it names one code, although it looked like two.',
  },
  manifest: {
    title: 'What one build runs',
    about: 'What the code of one build does with the patch. Mostly a pipeline declares this with each deploy.',
  },
  'replay-proof': {
    title: 'A replay proof',
    about:
      'The changed code replayed the history of one run up to an event without an error. To let the old branch go, it must be code that still calls patched and fails where the old branch was: other code would replay a run that waits in the old branch, too. Mostly a pipeline declares this for many runs.',
  },
};

/** Does the claim say all that it has to? Drafts have lists that are empty and times that nobody gave yet. */
export function isCompleteClaim(claim: FactClaim): boolean {
  switch (claim.kind) {
    case 'floor':
      return Number.isFinite(claim.sinceMs) && (claim.call !== null || claim.version !== null);
    case 'callback':
      return claim.use !== 'all-on' || Number.isFinite(claim.sinceMs);
    case 'types':
      return claim.workflowTypes.length > 0;
    case 'queues':
      return claim.taskQueues.length > 0;
    case 'ids-name-one-code':
    case 'manifest':
    case 'calls-together':
    case 'identity-confirmed':
    case 'replay-proof':
      return true;
  }
}

/** A draft in words, to follow “Declare that”. What is still to be given is said. Names are escaped. */
export function draftWords(claim: FactClaim): string {
  if (isCompleteClaim(claim)) return claimWords(claim);
  switch (claim.kind) {
    case 'types':
      return `only the workflow types that you list use ${escapeText(claim.patch.id)}`;
    case 'queues':
      return `the task queues that you list serve workflow type ${escapeText(claim.workflowType)} too`;
    default:
      return claimWords(claim).replace(/^since an unknown time/, 'since the moment that you give,');
  }
}

interface ContradictionFacts {
  readonly why: Contradiction['why'];
  readonly seen: string;
}

/** What speaks against a declared fact, to follow “contradicted: ”. `seen` is escaped. */
export function contradictionWords({ why, seen }: ContradictionFacts): string {
  const name = escapeText(seen);
  switch (why) {
    case 'manifest-differs':
      return `the build recorded patch ${name} otherwise than its manifest says`;
    case 'floor-broken':
      return `${name === '' ? 'a worker without build ID' : name} ran less than that afterwards`;
    case 'type-outside-list':
      return `workflow type ${name} recorded the patch and is not in the list`;
  }
}
