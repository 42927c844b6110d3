import type { StoredVerdict, Verdict, VerdictJob } from '#lib/api/verdict/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { withdrawnWords } from '#lib/format/verdict-words.ts';

/** What is known of one question's answer, from wherever it came. */
export interface KnownAnswers {
  /** Of the patch itself: a fresh asked answer, else the picture's; null: neither. */
  readonly given: Verdict | null;
  readonly stored: StoredVerdict | null;
  /** What this page asked; null: nothing yet. */
  readonly job: VerdictJob | null;
  /** When the newest declared fact that touches the patch was made or withdrawn; null: none. */
  readonly factsChangedAt: string | null;
}

export interface ShownAnswer {
  /** null: nothing is known yet, not even a picture. */
  readonly verdict: Verdict | null;
  /** null: nobody asked; the picture says it. */
  readonly askedBy: string | null;
  /** Why an asked answer does not hold any longer, as a sentence; null: it does, or it is the picture's. */
  readonly stale: string | null;
}

/** The newest asked answer before any picture; one that no longer holds stays readable and says so. */
export function shownAnswer({ given, stored, job, factsChangedAt }: KnownAnswers, nowMs: number): ShownAnswer {
  const asked = newestOf([
    ...(job?.verdict ? [job.verdict] : []),
    ...(stored === null ? [] : [stored.verdict]),
    ...(given?.source === 'asked' ? [given] : []),
  ]);
  if (asked === null) return { verdict: given, askedBy: null, stale: null };
  const kept = stored !== null && isSame(stored.verdict, asked) ? stored : null;
  return { verdict: asked, askedBy: kept?.askedBy ?? 'you', stale: staleWords(asked, kept, factsChangedAt, nowMs) };
}

function newestOf(verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.reduce<Verdict | null>(
    (newest, verdict) => (newest === null || endOf(verdict) > endOf(newest) ? verdict : newest),
    null,
  );
}

function endOf({ evidence }: Verdict): number {
  return evidence.to === null ? -Infinity : Date.parse(evidence.to);
}

function isSame(left: Verdict, right: Verdict): boolean {
  return left.evidence.to === right.evidence.to && left.evidence.policy === right.evidence.policy;
}

function staleWords(
  verdict: Verdict,
  kept: StoredVerdict | null,
  factsChangedAt: string | null,
  nowMs: number,
): string | null {
  if (kept?.withdrawn) {
    const { code, seen } = kept.withdrawn;
    // A fact's id tells a reader nothing; a build or a workflow id does.
    const name = code === 'declaration-changed' ? '' : `: ${escapeText(seen)}`;
    return `Withdrawn: ${withdrawnWords(code)}${name}.`;
  }
  const { from } = verdict.evidence;
  if (factsChangedAt !== null && from !== null && Date.parse(factsChangedAt) > Date.parse(from)) {
    return 'A declared fact was made or withdrawn since this answer.';
  }
  const isOld = verdict.validUntil === null || Date.parse(verdict.validUntil) <= nowMs;
  return isOld || kept?.isExpired === true ? 'Expired: an answer holds for five minutes.' : null;
}
