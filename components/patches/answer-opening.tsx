import type { AnswerState } from '#components/patches/use-answer.ts';
import { useNow } from '#components/ui/clock.tsx';
import type { Meaning } from '#components/ui/meaning.ts';
import { Sentence } from '#components/ui/sentence.tsx';
import { Stale } from '#components/ui/stale.tsx';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import type { OpeningWords } from '#lib/format/patch-words.ts';
import { assumingWords, evidenceWords, policyWords, waitWords } from '#lib/format/verdict-words.ts';

/** As many facts as stand beside a sentence; all of them stand below. */
const MOST_FACTS = 3;

interface AnswerOpeningProps {
  readonly opening: OpeningWords;
  readonly patch: Patch;
  readonly state: Pick<AnswerState, 'verdict' | 'askedBy' | 'stale'>;
}

/**
 * An answer in words, with its age, whom it counts for, and what it assumes. One that holds no longer has a dashed border and the word,
 * and is green for nobody.
 */
export function AnswerOpening({ opening, patch, state: { verdict, askedBy, stale } }: AnswerOpeningProps) {
  const nowMs = useNow();
  const { meaning, words } = stale === null ? opening : noLonger(opening);
  const wait = verdict?.answer === 'blocked' && verdict.wait !== null ? ` ${waitWords(verdict.wait, nowMs)}` : '';
  const sentence = (
    <Sentence
      {...(meaning === null ? {} : { meaning })}
      readAt={verdict?.evidence.to ?? patch.picture.to}
      {...(verdict === null
        ? {}
        : { completeness: <Basis verdict={verdict} askedBy={askedBy} isStale={stale !== null} /> })}
    >
      {words}
      {wait}
    </Sentence>
  );
  return stale === null ? (
    sentence
  ) : (
    <Stale word="Stale" why={`${stale} Ask again before you act on it.`}>
      {sentence}
    </Stale>
  );
}

function noLonger({ meaning, words }: OpeningWords): { readonly meaning: Meaning | null; readonly words: string } {
  return meaning === 'safe'
    ? { meaning: 'attention', words: `This held and holds no longer: ${words}` }
    : { meaning, words };
}

interface BasisProps {
  readonly verdict: Verdict;
  readonly askedBy: string | null;
  readonly isStale: boolean;
}

function Basis({ verdict, askedBy, isStale }: BasisProps) {
  if (verdict.source === 'picture') {
    return <>From the picture of open runs alone: workers were not looked at, so it never says safe.</>;
  }
  const claims = verdict.assumptions.map(({ claim }) => toFactClaim(claim));
  const left = claims.length - MOST_FACTS;
  const assuming = assumingWords(claims.slice(0, MOST_FACTS));
  return (
    <>
      {isStale ? null : `${policyWords(verdict)} `}
      {evidenceWords(verdict.evidence)}
      {askedBy === null ? '' : `, asked by ${escapeText(askedBy)}`}.
      {assuming === '' ? null : (
        <span className="mt-1 block wrap-anywhere">
          <span className="font-medium text-ink">Assuming</span> {assuming.replace(/^assuming /, '')}
          {left > 0 ? `; and ${formatCount(left, 'more fact')}` : ''}.
        </span>
      )}
    </>
  );
}
