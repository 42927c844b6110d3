/** How long each step of a change may take, in milliseconds. An argument, so that tests own time. */
export interface ChangeTiming {
  /** A plan older than this says too little about now. */
  readonly planValidMs: number;
  /** How long an accepted write is read back before it counts as unconfirmed. */
  readonly readBackMs: number;
  readonly pollMs: number;
  /** The write's own deadline (`updateVersionSets`); later than this plus the grace it can no longer land. */
  readonly writeDeadlineMs: number;
  readonly landingGraceMs: number;
  /**
   * How long Temporal may hold back what it stored. A write whose call ended while Temporal was at work is stored all the same, and shows only when
   * the queue's sets are read from its store again: every 5 min ± 20 % (`matching.getUserDataRefresh`; measured: 3 to 6 min).
   */
  readonly refreshMs: number;
  /** How often an unconfirmed change is looked at until then. */
  readonly refreshPollMs: number;
  /** How long the answer waits for the outcome; later it comes without one, and the change is read until it has one. */
  readonly answerMs: number;
  /** A worker that polled before its build was registered takes up to about 70 s to be routed to (measured: 8 to 56 s). */
  readonly takeUpMs: number;
  readonly takeUpPollMs: number;
}

export const CHANGE_TIMING: ChangeTiming = {
  planValidMs: 300_000,
  readBackMs: 10_000,
  pollMs: 250,
  writeDeadlineMs: 20_000,
  landingGraceMs: 5_000,
  refreshMs: 370_000,
  refreshPollMs: 5_000,
  answerMs: 10_000,
  takeUpMs: 90_000,
  takeUpPollMs: 1_000,
};

/**
 * How long a process may be silent before another takes its changes over, in milliseconds. A claim's end, the write's deadline
 * and the grace after it, together, are the longest that a change of a dead process waits for "not applied": 35 s.
 */
export interface ClaimTiming {
  readonly claimMs: number;
  readonly renewMs: number;
  /** How often changes of dead processes are looked for. */
  readonly sweepMs: number;
  /** How often a change that waits for its queue asks again. */
  readonly queuePollMs: number;
}

export const CLAIM_TIMING: ClaimTiming = { claimMs: 10_000, renewMs: 3_000, sweepMs: 2_000, queuePollMs: 250 };
