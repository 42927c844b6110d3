import { CHANGE_TIMING, type ChangeTiming, CLAIM_TIMING, type ClaimTiming } from '#server/usecases/changes/timing.ts';

/** Every wait of a change, about ten times shorter than in production: 2,000 faults end within minutes. */
export const SHORT: ChangeTiming = {
  ...CHANGE_TIMING,
  readBackMs: 1_500,
  pollMs: 60,
  writeDeadlineMs: 1_500,
  landingGraceMs: 500,
  // The rig's servers read their store again 5 s after a queue was loaded, and every 3 s from then on.
  refreshMs: 6_000,
  refreshPollMs: 250,
  answerMs: 500,
  takeUpMs: 50,
  takeUpPollMs: 50,
};
export const SHORT_CLAIMS: ClaimTiming = { claimMs: 1_500, renewMs: 400, sweepMs: 300, queuePollMs: 60 };

/** A write that is sent now lands before this at the latest, or never: what held it back must end before. */
export const LANDS_WITHIN_MS = SHORT.writeDeadlineMs + SHORT.landingGraceMs;

/** In production an outcome is there so long after Temporal is reachable again. */
const OUTCOME_WITHIN_MS = 60_000;
const longest = (change: ChangeTiming, claim: ClaimTiming) =>
  claim.claimMs + claim.sweepMs + change.writeDeadlineMs + change.landingGraceMs + change.readBackMs;

/** The same promise for the short waits: less by as much as they are shorter. */
export const OUTCOME_LIMIT_MS = OUTCOME_WITHIN_MS - longest(CHANGE_TIMING, CLAIM_TIMING) + longest(SHORT, SHORT_CLAIMS);
