import type { Claim } from '#lib/api/declarations/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';

/** A claim that came over the wire as the domain has it. */
export function toFactClaim(claim: Claim): FactClaim {
  switch (claim.kind) {
    case 'floor': {
      const { since, ...rest } = claim;
      return { ...rest, sinceMs: Date.parse(since) };
    }
    case 'callback':
      return claim.use === 'all-on'
        ? { kind: 'callback', use: 'all-on', sinceMs: claim.since === null ? Infinity : Date.parse(claim.since) }
        : { kind: 'callback', use: claim.use };
    case 'ids-name-one-code':
    case 'manifest':
    case 'types':
    case 'queues':
    case 'calls-together':
    case 'identity-confirmed':
    case 'replay-proof':
      return claim;
  }
}

/** The other way round: how a claim travels. */
export function fromFactClaim(claim: FactClaim): Claim {
  switch (claim.kind) {
    case 'floor': {
      const { sinceMs, ...rest } = claim;
      return { ...rest, since: timestamp(sinceMs) };
    }
    case 'callback':
      return {
        kind: 'callback',
        use: claim.use,
        since: claim.use === 'all-on' ? timestampOrNull(claim.sinceMs) : null,
      };
    case 'manifest':
      return { ...claim, patches: [...claim.patches] };
    case 'types':
      return { ...claim, workflowTypes: [...claim.workflowTypes] };
    case 'queues':
      return { ...claim, taskQueues: [...claim.taskQueues] };
    case 'ids-name-one-code':
    case 'calls-together':
    case 'identity-confirmed':
    case 'replay-proof':
      return claim;
  }
}

/** A date that nobody gave is `Infinity` in the domain and null on the wire. */
function timestampOrNull(ms: number): string | null {
  return Number.isFinite(ms) ? timestamp(ms) : null;
}

function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
