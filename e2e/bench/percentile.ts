/**
 * Nearest rank: the smallest of the values that at least `percent` of a hundred do not exceed, so always one that was measured.
 * @param percent whole number from 1 to 100: a fraction such as 0.55 of 20 values would round up past its rank
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  if (value === undefined) throw new Error('no values, or no percentage from 1 to 100');
  return value;
}
