import { formatNumber } from '#lib/format/count.ts';
import { formatDuration, formatRelative } from '#lib/format/relative-time.ts';

/** The picture's age and completeness as the API sends it (`pictureSchema`). */
interface PictureFacts {
  readonly to: string | null;
  readonly runsListed: number;
  readonly historiesRead: number;
  readonly isListComplete: boolean;
  readonly trouble: string | null;
}

/** A picture older than this is called stale: a reader passes every few seconds, and ten thousand runs take about a minute. */
const STALE_MS = 5 * 60_000;

export interface PictureState {
  /** `Stale: 12 min old`, `Partial: 40 % of histories read`, `Read 20 s ago`. */
  readonly words: string;
  /** False: what is shown is old or incomplete, so its border is dashed. */
  readonly isWhole: boolean;
}

/** The picture in a few words, for the top bar. null: the status could not be asked. */
export function pictureState(picture: PictureFacts | null, nowMs: number): PictureState {
  if (picture === null) return { words: 'Picture: age not known', isWhole: false };
  if (picture.to === null) {
    return { words: `Partial: first reading, ${formatNumber(picture.runsListed)} runs so far`, isWhole: false };
  }
  const toMs = Date.parse(picture.to);
  if (picture.trouble !== null || nowMs - toMs > STALE_MS) {
    return { words: `Stale: read ${formatDuration(nowMs - toMs)} ago`, isWhole: false };
  }
  if (!picture.isListComplete) return { words: 'Partial: not all runs listed', isWhole: false };
  if (picture.historiesRead < picture.runsListed) {
    return { words: `Partial: ${readShare(picture)} of histories read`, isWhole: false };
  }
  return { words: `Read ${formatRelative(toMs, nowMs)}`, isWhole: true };
}

/** `12 %`, rounded down so that 100 % means all. */
export function readShare({ runsListed, historiesRead }: Pick<PictureFacts, 'runsListed' | 'historiesRead'>): string {
  if (runsListed === 0) return '100 %';
  return `${Math.min(100, Math.floor((historiesRead / runsListed) * 100))} %`;
}
