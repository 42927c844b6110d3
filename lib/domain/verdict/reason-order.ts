import type { ReasonCode } from '#lib/domain/verdict/types.ts';

/** Order in which reasons are told: what blocks, then what is missing, then what is not built. */
export const REASON_ORDER: readonly ReasonCode[] = [
  'marker-live',
  'may-hold-old-branch',
  'version-below-min',
  'version-differs',
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
