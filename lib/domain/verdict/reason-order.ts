import type { BlockingCode, Reason, ReasonCode, UnknownCode, VerdictAnswer } from '#lib/domain/verdict/types.ts';

const BLOCKING: readonly BlockingCode[] = [
  'marker-live',
  'may-hold-old-branch',
  'version-below-min',
  'version-differs',
  'label-full',
  'worker-lacks-call',
  'worker-writes-live',
  'worker-writes-other-version',
  'callback-in-use',
];

const UNKNOWN: readonly UnknownCode[] = [
  'never-seen',
  'history-unreadable',
  'marker-unreadable',
  'not-read-yet',
  'evidence-budget',
  'list-incomplete',
  'worker-not-known',
  'no-poller',
  'workers-not-watched',
  'queues-not-known',
  'task-under-way',
  'identity-suspect',
  'calls-not-declared',
  'callback-not-declared',
  'types-not-declared',
];

/** Order in which reasons are told: what blocks, then what is missing. */
export const REASON_ORDER: readonly ReasonCode[] = [...BLOCKING, ...UNKNOWN];

/** Codes over the wire are plain text; one that is not known here counts as not blocking by itself. */
export function isBlockingCode(code: string): code is BlockingCode {
  return BLOCKING.some((known) => known === code);
}

/** Blocked if anything blocks; else unknown if anything is missing; else safe. There is no other way to an answer. */
export function answerOf(reasons: readonly Pick<Reason, 'code'>[]): VerdictAnswer {
  if (reasons.some(({ code }) => isBlockingCode(code))) return 'blocked';
  return reasons.length > 0 ? 'unknown' : 'safe';
}
