import type { Picture } from '#lib/api/shared/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { formatDuration } from '#lib/format/relative-time.ts';

/** How old and how complete the counts are, in one or two sentences. */
export function pictureText(picture: Picture, nowMs: number): string {
  const { to, runsListed, historiesRead, isListComplete, trouble } = picture;
  const age = to === null ? 'No reading has ended yet' : `Read ${formatDuration(nowMs - Date.parse(to))} ago`;
  const whole = isListComplete ? '' : ' The list is not complete: counts are at least these.';
  const why = trouble === null ? '' : ` ${escapeText(trouble)}`;
  return `${age}: ${formatCount(runsListed, 'open run')}, ${formatCount(historiesRead, 'history', 'histories')} read.${whole}${why}\n`;
}
