import { type CodedError, hasCode, isCodedError } from '#server/errors.ts';
import type { Caller } from '#server/temporal/call.ts';
import { METHODS } from '#server/temporal/methods.ts';
import type { ApiFamilies, FamilyState, TemporalPort } from '#server/temporal/port.ts';
import { unlessAborted } from '#server/temporal/unless-aborted.ts';

/** A queue that nobody has: asking for it changes nothing and finds nothing. */
const PROBE_QUEUE = 'patchboard-probe';

/** A family that is off, or could not be asked, is asked again after this: operators turn gates on while we run. */
const RECHECK_MS = 60_000;

interface Memory {
  readonly families: Promise<ApiFamilies>;
  readonly askedMs: number;
  /** Null while the probe is under way. */
  isAllOn: boolean | null;
}

/** @param now epoch milliseconds */
export function familyCalls({ call }: Caller, now: () => number): Pick<TemporalPort, 'probeFamilies'> {
  const memories = new Map<string, Memory>();

  async function probe(namespace: string): Promise<ApiFamilies> {
    const queue = { namespace, taskQueue: PROBE_QUEUE };
    const [versionSets, rules, deployments] = await Promise.all([
      stateOf(call(METHODS.getVersionSets, { ...queue, maxSets: 1 })),
      stateOf(call(METHODS.getRules, queue)),
      stateOf(call(METHODS.listDeployments, { namespace, pageSize: 1 })),
    ]);
    return { versionSets, rules, deployments };
  }

  function familiesOf(namespace: string): Promise<ApiFamilies> {
    const known = memories.get(namespace);
    if (known && (known.isAllOn !== false || now() - known.askedMs < RECHECK_MS)) return known.families;
    const memory: Memory = { families: probe(namespace), askedMs: now(), isAllOn: null };
    memories.set(namespace, memory);
    memory.families.then(
      (families) => {
        memory.isAllOn = Object.values(families).every((state) => state === 'on');
      },
      () => memories.delete(namespace),
    );
    return memory.families;
  }

  return {
    // All who ask share one probe, so none of them may end it for the others.
    probeFamilies: ({ namespace }, options) => unlessAborted(familiesOf(namespace), options?.signal),
  };
}

/** Failures that concern more than the family end the probe. */
const ENDS_PROBE = [
  'namespace-not-found',
  'aborted',
  'temporal-unreachable',
  'tls-mismatch',
  'invalid-request',
] as const;

async function stateOf(asked: Promise<unknown>): Promise<FamilyState> {
  try {
    await asked;
    return 'on';
  } catch (error) {
    if (hasCode(error, 'family-off')) return 'off';
    if (!isCodedError(error) || endsProbe(error)) throw error;
    return 'unknown';
  }
}

function endsProbe(error: CodedError): boolean {
  return ENDS_PROBE.some((code) => hasCode(error, code));
}
