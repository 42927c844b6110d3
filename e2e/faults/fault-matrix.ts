import { LANE_FAULTS, type LaneFault } from '#e2e/faults/lane-faults.ts';
import { type Phase, PHASES } from '#e2e/faults/phases.ts';

/** How often each combination of phase and fault strikes; a write that was applied and whose reply is struck, so often. */
export interface FaultCounts {
  readonly each: number;
  readonly eachApplied: number;
}

export const APPLIED: Phase = 'between send and reply, applied';

/** What makes no sense: a write that is kept from arriving by a delay that lets it arrive, or struck at work by one that keeps it away. */
const NO_SENSE: Readonly<Partial<Record<Phase, readonly LaneFault[]>>> = {
  'between send and reply, not arrived': ['latency within the deadline'],
  'between send and reply, at work': [
    'timeout (bytes held)',
    'latency beyond the deadline',
    'latency within the deadline',
  ],
};

export function laneMatrix(counts: FaultCounts): { readonly phase: Phase; readonly fault: LaneFault }[] {
  return PHASES.flatMap((phase) =>
    LANE_FAULTS.filter((fault) => !NO_SENSE[phase]?.includes(fault)).flatMap((fault) =>
      Array.from({ length: countOf(phase, counts) }, () => ({ phase, fault })),
    ),
  );
}

/** Each phase so often: for faults that strike many changes at once. */
export function phaseList(counts: FaultCounts): Phase[] {
  return PHASES.flatMap((phase) => Array.from({ length: countOf(phase, counts) }, () => phase));
}

export function countOf(phase: Phase, { each, eachApplied }: FaultCounts): number {
  return phase === APPLIED ? eachApplied : each;
}
