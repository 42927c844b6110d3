import type { Answer, Reason as WireReason } from '#lib/api/patches/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { PatchVerdict, Reason } from '#lib/domain/verdict/types.ts';

/** When the evidence was gathered, epoch ms; null before the first reading. */
export interface Interval {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export function timestamp(ms: number): string;
export function timestamp(ms: number | null): string | null;
export function timestamp(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** A verdict as it travels. The wire knows `safe`; what is given here cannot hold it. */
export function toAnswer(question: PatchQuestion, verdict: PatchVerdict, interval: Interval): Answer {
  return {
    question: question.name,
    min: 'version' in question ? question.version : null,
    answer: verdict.answer,
    reasons: verdict.reasons.map(toWireReason),
    evidence: {
      from: timestamp(interval.fromMs),
      to: timestamp(interval.toMs),
      policy: 'open',
      historiesRead: verdict.historiesRead,
      runsConsidered: verdict.runsConsidered,
    },
  };
}

function toWireReason({ code, count, examples }: Reason): WireReason {
  return {
    code,
    count,
    examples: examples.map(({ startTimeMs, endsByMs, ...run }) => ({
      ...run,
      startTime: timestamp(startTimeMs),
      endsBy: timestamp(endsByMs),
    })),
  };
}
