import type { ReactNode } from 'react';
import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { type Step, Stepper } from '#components/ui/stepper.tsx';
import type { Patch, Stage } from '#lib/api/patches/schemas.ts';
import type { BriefAnswer } from '#lib/api/verdict/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { formatCount } from '#lib/format/count.ts';

interface PatchStepperProps {
  readonly patch: Patch;
  /** The answer that the page shows for the next step; it goes before the one that came with the patch. */
  readonly shown: BriefAnswer | null;
}

/** The life of a patch as three steps, with what open runs hold of each and the answer for the next. */
export function PatchStepper({ patch, shown }: PatchStepperProps) {
  const answerOf = (question: QuestionName): ReactNode => {
    const answer = shown?.question === question ? shown : patch.answers.find((entry) => entry.question === question);
    return answer === undefined ? null : (
      <span>
        <AnswerBadge answer={answer} />
      </span>
    );
  };
  const steps = patch.kind === 'core' ? coreSteps(patch, answerOf) : versionSteps(patch, answerOf);
  return <Stepper label="Life of the patch" steps={steps} />;
}

function coreSteps({ stage, totals }: Patch, answerOf: (question: QuestionName) => ReactNode): Step[] {
  const [patched, deprecated, removed] = STATES[stage];
  return [
    {
      id: 'patched',
      title: 'patched',
      state: patched,
      body: formatCount(totals.live, 'open run with a live marker', 'open runs with a live marker'),
    },
    {
      id: 'deprecated',
      title: 'deprecated',
      state: deprecated,
      body: (
        <>
          {formatCount(totals.deprecated, 'open run with a deprecated marker', 'open runs with a deprecated marker')}
          {deprecated === 'ahead' ? answerOf('deprecate') : null}
        </>
      ),
    },
    { id: 'removed', title: 'removed', state: removed, body: answerOf('remove') },
  ];
}

function versionSteps({ stage, totals }: Patch, answerOf: (question: QuestionName) => ReactNode): Step[] {
  const [introduced, raised, dropped] = STATES[stage];
  return [
    {
      id: 'introduced',
      title: 'GetVersion',
      state: introduced,
      body: (
        <ul>
          {totals.versions.map(({ version, openRuns }) => (
            <li key={version}>
              version {version}: {formatCount(openRuns, 'open run')}
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'raised', title: 'minimum raised', state: raised, body: answerOf('raise-min') },
    { id: 'dropped', title: 'call removed', state: dropped, body: answerOf('drop-call') },
  ];
}

type State = Step['state'];

/** A patch that was seen was introduced once, whatever else is not known. */
const STATES: Readonly<Record<Stage, readonly [State, State, State]>> = {
  introduced: ['current', 'ahead', 'ahead'],
  'ready-to-deprecate': ['current', 'ahead', 'ahead'],
  deprecating: ['done', 'current', 'ahead'],
  'ready-to-remove': ['done', 'current', 'ahead'],
  gone: ['done', 'done', 'current'],
  'not-carried': ['done', 'ahead', 'ahead'],
  unknown: ['done', 'ahead', 'ahead'],
};
