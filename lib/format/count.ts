/** Digits in groups of three: `10,018`. */
const GROUPED = new Intl.NumberFormat('en-GB');

/** A number with its noun: `1 open run`, `14 open runs`, `2 queries`. `plural` where adding an s does not make it. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${GROUPED.format(count)} ${count === 1 ? noun : plural}`;
}

export function formatNumber(count: number): string {
  return GROUPED.format(count);
}
