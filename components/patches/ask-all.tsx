'use client';

import { type AskAllState, useAskAll } from '#components/patches/use-ask-all.ts';
import { Button } from '#components/ui/button.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { progressWords, QUESTION_WORDS } from '#lib/format/verdict-words.ts';

/** Asks the next question of every patch, one after another, so that nobody else's calls have to wait. */
export function AskAll({ namespace, patches }: { namespace: string; patches: readonly PatchItem[] }) {
  const { state, start, stop } = useAskAll(namespace);
  if (patches.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {state.isRunning ? (
        <Running state={state} onStop={stop} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => start(patches)}>Ask for all</Button>
          <span className="text-sm text-ink-soft">
            {state.total === 0
              ? 'The next question of each patch, one after another.'
              : `Asked ${state.done} of ${formatCount(state.total, 'patch', 'patches')}${state.done < state.total ? ', then stopped' : ''}.`}
          </span>
        </div>
      )}
      {state.failures.length === 0 ? null : <Failures state={state} />}
    </div>
  );
}

function Running({ state: { current, progress, done, total }, onStop }: { state: AskAllState; onStop: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line bg-surface px-3 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-medium">
          Asking {Math.min(done + 1, total)} of {formatCount(total, 'patch', 'patches')}
          {current === null ? null : <IdentifierText text={current.id} />}
        </p>
        <p className="text-sm text-ink-soft">
          {current === null ? '' : QUESTION_WORDS[current.question].title}{' '}
          {progress === null ? '' : `${progressWords(progress)}.`}
        </p>
      </div>
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}

function Failures({ state: { failures } }: { state: AskAllState }) {
  const [first] = failures;
  if (first === undefined) return null;
  const { message, hint } = first.error instanceof Error ? errorWords(first.error) : first.error;
  return (
    <FailureNote
      hint={hint}
      message={
        <>
          {formatCount(failures.length, 'patch was', 'patches were')} not answered. <IdentifierText text={first.id} />:{' '}
          {message}
        </>
      }
    />
  );
}
