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
  answerMs: 10_000,
  takeUpMs: 90_000,
  takeUpPollMs: 1_000,
};
