/** `23 Nov 2026, 20:36:03 UTC` in the reader's time zone, whose name stands at the end. `timeZone` is for tests and servers. */
export function formatAbsolute(timeMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return parts.format(timeMs);
}
