/** How fast the census goes. Every number with its unit and its reason; the rates themselves are settings. */
export const PACE = {
  /** Visibility's own maximum (`frontend.visibilityMaxPageSize`); a larger wish is cut silently. */
  pageSize: 1_000,
  /** A new listing begins this long after the last began, while it is short: visibility itself lags by seconds. */
  listEveryMs: 10_000,
  /** Listings together take at most this share of the visibility budget; the rest is for counts and other callers. */
  listShare: 1 / 3,
  /** Runs held in one picture: about 1.5 kB each. Beyond it the list is marked incomplete. */
  runsMax: 200_000,
  /** Facts are read on at this age at the earliest … */
  refreshMs: 10_000,
  /** … and reading on takes at most this share of the history budget; runs that a listing shows to have grown do not wait. */
  refreshShare: 0.2,
  /** History calls under way at once in the whole process: where whole histories gain no more speed (measured: 960/s). */
  historiesInFlight: 32,
  /** Pages read backwards for later events; a run that gained more is read anew, forward, in constant memory. */
  reversePagesMax: 4,
  /** Namespaces read at the same moment; the others wait their turn for about a second. */
  namespacesAtOnce: 4,
  /** Readers at most, running or with a picture that is kept, so that names typed at random cannot fill the memory. */
  readersMax: 500,
  /** A reader that nobody asked for this long ends itself. */
  idleMs: 10 * 60_000,
  /** Runs kept in pictures of ended readers, so that a return finds the facts; the longest unasked goes first. */
  dormantRunsMax: 50_000,
  /** The store is told what was seen this often at most: reading publishes many pictures a second. */
  rememberEveryMs: 5_000,
  /** Pause after a failure: doubles from the first to the cap, so that a server that is back is seen within seconds. */
  retryFirstMs: 500,
  retryCapMs: 5_000,
  /** Pause after a refusal that only a person can mend (unknown namespace, credentials). */
  refusedRetryMs: 15_000,
  /** Attempts at one page while the connection fails; a server that renews its connections fails single calls. */
  pageAttempts: 3,
  /** Pause before a rate-limited page is asked again; the lowered rate adds its own. */
  rateLimitedPauseMs: 1_000,
} as const;

/** Pause until the next listing begins, for one that took `tookMs` and `pages` calls. */
export function listPauseMs(pages: number, tookMs: number, visibilityPerSecond: number): number {
  const shareMs = (pages / (visibilityPerSecond * PACE.listShare)) * 1_000;
  return Math.max(0, Math.max(PACE.listEveryMs, shareMs) - tookMs);
}

/** Age at which facts are read on, for a picture of `runs`. */
export function refreshAfterMs(runs: number, historiesPerSecond: number): number {
  return Math.max(PACE.refreshMs, (runs / (historiesPerSecond * PACE.refreshShare)) * 1_000);
}

/** @param failures failures in a row, from 1 */
export function retryPauseMs(failures: number): number {
  return Math.min(PACE.retryCapMs, PACE.retryFirstMs * 2 ** (failures - 1));
}
