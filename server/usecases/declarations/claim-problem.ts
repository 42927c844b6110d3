import type { Claim } from '#lib/api/declarations/schemas.ts';
import { patchKindOf } from '#lib/domain/verdict/question.ts';

/** Clocks of two machines may differ by this much; a time further ahead is a slip. */
const CLOCK_SKEW_MS = 60_000;

type ClaimOf<K extends Claim['kind']> = Extract<Claim, { kind: K }>;

/** What the claim's shape cannot say: the sentence that tells what is wrong with it; null when nothing is. */
export function claimProblem(claim: Claim, nowMs: number): string | null {
  switch (claim.kind) {
    case 'floor':
      return floorProblem(claim, nowMs);
    case 'callback':
      return callbackProblem(claim, nowMs);
    case 'manifest':
      return manifestProblem(claim);
    case 'replay-proof':
      return patchKindOf(claim.question.name) === claim.patch.kind
        ? null
        : `The question ${claim.question.name} is not one about patches of kind ${claim.patch.kind}.`;
    case 'ids-name-one-code':
    case 'types':
    case 'queues':
    case 'calls-together':
    case 'identity-confirmed':
      return null;
  }
}

function floorProblem({ patch, call, version, since }: ClaimOf<'floor'>, nowMs: number): string | null {
  if (patch.kind === 'core' && (call === null || version !== null)) {
    return 'A floor of a patch of kind core names a call and no version.';
  }
  if (patch.kind === 'version' && (version === null || call !== null)) {
    return 'A floor of a patch of kind version names a version and no call.';
  }
  return futureProblem(since, nowMs);
}

function callbackProblem({ use, since }: ClaimOf<'callback'>, nowMs: number): string | null {
  if (use !== 'all-on') return since === null ? null : `A time belongs to all-on, not to ${use}.`;
  return since === null ? 'all-on needs the time since when.' : futureProblem(since, nowMs);
}

function manifestProblem({ patches }: ClaimOf<'manifest'>): string | null {
  if (patches.length === 0) return 'The manifest names no patch.';
  const keys = patches.map(({ kind, id, workflowType }) => JSON.stringify([kind, id, workflowType]));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? null : `The manifest names a patch twice for the same workflow type: ${twice}.`;
}

function futureProblem(since: string, nowMs: number): string | null {
  return Date.parse(since) > nowMs + CLOCK_SKEW_MS ? `The time ${since} is still to come.` : null;
}
