/** A long poll lasts a minute; a worker that is there has polled within it, plus some for the way. */
const POLL_FRESH_MS = 75_000;

/** Whether something polls now, as far as the last poll can tell. Temporal lists a stopped worker for five minutes more. */
export function isPolling(lastPollAt: string | null, nowMs: number): boolean {
  return lastPollAt !== null && nowMs - Date.parse(lastPollAt) < POLL_FRESH_MS;
}
