import { Badge } from '#components/ui/badge.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { limitWords, reachabilityWords, undoWords } from '#lib/format/plan-fact-words.ts';
import { questionTitle } from '#lib/format/verdict-words.ts';

/** What one may want to know before the last button: the way back, limits, Temporal's own view, answers that lapse, the reason. */
export function PlanFacts({ plan }: { plan: ChangePlan }) {
  return (
    <Facts
      facts={[
        // That there is none stands among the risks.
        ...(plan.undo.kind === 'none' ? [] : [['Way back', undoWords(plan.undo)] as const]),
        ...(plan.limits.length === 0
          ? []
          : [['Limits', `${plan.limits.map(limitWords).join(', ')}, as servers allow by default`] as const]),
        ['Temporal’s own view', <Reachability key="reachability" plan={plan} />],
        ...(plan.answers.length === 0
          ? []
          : [['Answers that lapse', <LapsingAnswers key="answers" answers={plan.answers} />] as const]),
        ['Reason', plan.reason === '' ? 'none given' : escapeText(plan.reason)],
        ['Asked by', 'this browser, not authenticated: there is no sign-in'],
      ]}
    />
  );
}

function Reachability({ plan }: { plan: ChangePlan }) {
  if (plan.reachability === null) return 'It could not be asked what reaches these build IDs.';
  if (plan.reachability.length === 0) return 'No build ID changes its part.';
  return (
    <ul className="flex flex-col">
      {plan.reachability.map((item) => (
        <li key={item.buildId}>
          <PhraseText phrase={reachabilityWords(item)} />
        </li>
      ))}
    </ul>
  );
}

function LapsingAnswers({ answers }: Pick<ChangePlan, 'answers'>) {
  return (
    <>
      <ul className="flex flex-col gap-1">
        {answers.map(({ patch, question, min, answer }) => (
          <li
            key={`${patch.kind} ${patch.id} ${question} ${min}`}
            className="flex min-w-0 flex-wrap items-center gap-x-2"
          >
            <IdentifierText text={patch.id} />
            <span>{questionTitle({ question, min })}</span>
            <Badge meaning={answer} />
          </li>
        ))}
      </ul>
      <p className="text-ink-soft">They rest on where work goes now: ask them again afterwards.</p>
    </>
  );
}
