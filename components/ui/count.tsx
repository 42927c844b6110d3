import { formatCount } from '#lib/format/count.ts';

interface CountProps {
  /** null: not known, which is never 0. */
  readonly value: number | null;
  readonly noun: string;
  readonly plural?: string;
}

/** A number with its noun; not known is said in words. */
export function Count({ value, noun, plural = `${noun}s` }: CountProps) {
  if (value === null) return <span className="text-ink-soft">{plural} not known yet</span>;
  return <span className="whitespace-nowrap">{formatCount(value, noun, plural)}</span>;
}
