import { formatAbsolute } from '#lib/format/absolute-time.ts';

/** Day, clock and zone as `formatAbsolute` writes them: `23 Nov 2026`, `20:36:03`, `UTC`. */
const PARTS = /^(.+?),? (\d{2}:\d{2}:\d{2}) (.+)$/;

/**
 * Two moments between which something happened: `20:36:03 and 20:36:41 UTC, 23 Nov 2026`; over midnight each with its day. In the
 * reader's time zone; `timeZone` is for tests and servers.
 */
export function formatSpan(fromMs: number, toMs: number, timeZone?: string): string {
  const [from, to] = [formatAbsolute(fromMs, timeZone), formatAbsolute(toMs, timeZone)];
  const [, fromDay, fromClock, fromZone] = PARTS.exec(from) ?? [];
  const [, toDay, toClock, toZone] = PARTS.exec(to) ?? [];
  if (fromDay === undefined || fromDay !== toDay || fromZone !== toZone) return `${from} and ${to}`;
  return `${fromClock} and ${toClock} ${toZone}, ${toDay}`;
}
