import { Sentence } from '#components/ui/sentence.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import type { OpeningWords } from '#lib/format/patch-words.ts';
import { assumingWords, evidenceWords, policyWords, waitWords } from '#lib/format/verdict-words.ts';

/** As many facts as stand beside a sentence; all of them stand below. */
const MOST_FACTS = 3;

interface AnswerOpeningProps {
  readonly opening: OpeningWords;
  readonly patch: Patch;
  /** null: there is no answer, so the picture's age is told. */
  readonly verdict: Verdict | null;
}

/** An answer in words, with its age, whom it counts for, and what it assumes. */
export function AnswerOpening({ opening: { meaning, words }, patch, verdict }: AnswerOpeningProps) {
  const nowMs = useNow();
  const wait = verdict?.answer === 'blocked' && verdict.wait !== null ? ` ${waitWords(verdict.wait, nowMs)}` : '';
  return (
    <Sentence
      {...(meaning === null ? {} : { meaning })}
      readAt={verdict?.evidence.to ?? patch.picture.to}
      {...(verdict === null ? {} : { completeness: <Basis verdict={verdict} /> })}
    >
      {words}
      {wait}
    </Sentence>
  );
}

function Basis({ verdict }: { verdict: Verdict }) {
  if (verdict.source === 'picture') {
    return <>From the picture of open runs alone: workers were not looked at, so it never says safe.</>;
  }
  const claims = verdict.assumptions.map(({ claim }) => toFactClaim(claim));
  const left = claims.length - MOST_FACTS;
  const assuming = assumingWords(claims.slice(0, MOST_FACTS));
  return (
    <>
      {policyWords(verdict)} {evidenceWords(verdict.evidence)}.
      {assuming === '' ? null : (
        <span className="mt-1 block wrap-anywhere">
          <span className="font-medium text-ink">Assuming</span> {assuming.replace(/^assuming /, '')}
          {left > 0 ? `; and ${formatCount(left, 'more fact')}` : ''}.
        </span>
      )}
    </>
  );
}
