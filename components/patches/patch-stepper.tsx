import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { type Step, Stepper } from '#components/ui/stepper.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import { type PatchStage, stageOf } from '#lib/domain/patches/stage.ts';
import { formatCount } from '#lib/format/count.ts';

/** The life of a patch as three steps, with what open runs hold of each and the answer for the next. */
export function PatchStepper({ patch }: { patch: Patch }) {
  return <Stepper label="Life of the patch" steps={patch.kind === 'core' ? coreSteps(patch) : versionSteps(patch)} />;
}

function coreSteps(patch: Patch): Step[] {
  const stage = stageOf('core', patch.totals);
  return [
    {
      id: 'patched',
      title: 'patched',
      state: stateOf(stage, 'introduced', ['deprecating']),
      body: formatCount(patch.totals.live, 'open run with a live marker', 'open runs with a live marker'),
    },
    {
      id: 'deprecated',
      title: 'deprecated',
      state: stateOf(stage, 'deprecating', []),
      body: (
        <>
          {formatCount(
            patch.totals.deprecated,
            'open run with a deprecated marker',
            'open runs with a deprecated marker',
          )}
          <AnswerOf patch={patch} question="deprecate" />
        </>
      ),
    },
    { id: 'removed', title: 'removed', state: 'ahead', body: <AnswerOf patch={patch} question="remove" /> },
  ];
}

function versionSteps(patch: Patch): Step[] {
  const stage = stageOf('version', patch.totals);
  return [
    {
      id: 'introduced',
      title: 'GetVersion',
      state: stateOf(stage, 'introduced', []),
      body: (
        <ul>
          {patch.totals.versions.map(({ version, openRuns }) => (
            <li key={version}>
              version {version}: {formatCount(openRuns, 'open run')}
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'raised', title: 'minimum raised', state: 'ahead', body: <AnswerOf patch={patch} question="raise-min" /> },
    { id: 'dropped', title: 'call removed', state: 'ahead', body: <AnswerOf patch={patch} question="drop-call" /> },
  ];
}

function stateOf(stage: PatchStage, here: PatchStage, past: readonly PatchStage[]): Step['state'] {
  if (stage === here) return 'current';
  return past.includes(stage) ? 'done' : 'ahead';
}

function AnswerOf({ patch, question }: { patch: Patch; question: Patch['answers'][number]['question'] }) {
  const answer = patch.answers.find((entry) => entry.question === question);
  return answer === undefined ? null : (
    <span>
      <AnswerBadge answer={answer} />
    </span>
  );
}
