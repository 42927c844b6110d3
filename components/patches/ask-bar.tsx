'use client';

import { useState } from 'react';
import type { AnswerState } from '#components/patches/use-answer.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/controls.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';
import type { Policy } from '#lib/domain/verdict/types.ts';
import { progressWords, QUESTION_WORDS } from '#lib/format/verdict-words.ts';

const POLICIES = [
  { value: 'open', label: 'about open runs' },
  { value: 'retention', label: 'about open and closed runs' },
] as const;

/** Asks the question, tells how far the reading is, and stops it. */
export function AskBar({ state }: { state: AnswerState }) {
  const [policy, setPolicy] = useState<Policy>('open');
  const { verdict, stale, isGathering, ask, question } = state;
  const isAsked = verdict?.source === 'asked';
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {isGathering ? (
        <Gathering state={state} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look={isAsked && stale === null ? 'secondary' : 'primary'}
            disabled={ask === null}
            onClick={() => ask?.(policy)}
          >
            {isAsked ? 'Ask again' : 'Ask'}
          </Button>
          <Select
            aria-label={`${QUESTION_WORDS[question].title} Ask`}
            value={policy}
            options={POLICIES}
            onChange={(value) => setPolicy(value === 'retention' ? 'retention' : 'open')}
          />
          {state.job?.state === 'stopped' ? (
            <span className="text-sm text-ink-soft">Stopped: nothing was kept of it.</span>
          ) : null}
        </div>
      )}
      <AskError error={state.error} />
    </div>
  );
}

function Gathering({ state: { job, verdict, stop } }: { state: AnswerState }) {
  const words = job === null ? 'Asking' : progressWords(job.progress);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line bg-surface px-3 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{words}</p>
        <p className="text-sm text-ink-soft">
          {verdict === null
            ? 'The answer comes when the evidence is read.'
            : verdict.source === 'picture'
              ? 'Until then this page shows what the picture of open runs says by itself.'
              : 'Until then this page shows the earlier answer.'}
        </p>
      </div>
      <Button disabled={job === null} onClick={stop}>
        Stop
      </Button>
    </div>
  );
}

function AskError({ error }: { error: AnswerState['error'] }) {
  if (error === null) return null;
  const { message, hint } = error instanceof Error ? errorWords(error) : error;
  return <FailureNote message={`The question was not answered. ${message}`} hint={hint} />;
}
