import type { BlockingCode, ReasonCode, UnknownCode } from '#lib/domain/verdict/types.ts';

const BLOCKING: readonly BlockingCode[] = [
  'marker-live',
  'may-hold-old-branch',
  'version-below-min',
  'version-differs',
];

const UNKNOWN: readonly UnknownCode[] = [
  'never-seen',
  'history-unreadable',
  'marker-unreadable',
  'not-read-yet',
  'evidence-budget',
  'list-incomplete',
  'label-only',
  'types-not-declared',
  'rule-not-built',
];

/** Order in which reasons are told: what blocks, then what is missing, then what is not built. */
export const REASON_ORDER: readonly ReasonCode[] = [...BLOCKING, ...UNKNOWN];

/** Codes over the wire are plain text; one that is not known here counts as not blocking by itself. */
export function isBlockingCode(code: string): code is BlockingCode {
  return BLOCKING.some((known) => known === code);
}
