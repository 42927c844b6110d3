import type { Answer, Reason as WireReason } from '#lib/api/patches/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { PatchVerdict, Reason } from '#lib/domain/verdict/types.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** When the evidence was gathered, epoch ms; null before the first reading. */
export interface Interval {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** A verdict as it travels. The wire knows `safe`; what is given here cannot hold it. */
export function toAnswer(question: PatchQuestion, verdict: PatchVerdict, interval: Interval): Answer {
  return {
    question: question.name,
    min: 'version' in question ? question.version : null,
    answer: verdict.answer,
    reasons: verdict.reasons.map(toWireReason),
    evidence: {
      from: timestampOf(interval.fromMs),
      to: timestampOf(interval.toMs),
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
      startTime: timestampOf(startTimeMs),
      endsBy: timestampOf(endsByMs),
    })),
  };
}
