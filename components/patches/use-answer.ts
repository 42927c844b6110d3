'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ShownAnswer, shownAnswer } from '#components/patches/answer-state.ts';
import { useFactsChangedAt } from '#components/declarations/use-facts.ts';
import { announce } from '#components/ui/announcer.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { patchesQuery, patchQuery } from '#lib/api/patches/queries.ts';
import type { Patch } from '#lib/api/patches/schemas.ts';
import {
  askVerdictMutation,
  hasEnded,
  stopVerdictMutation,
  verdictJobQuery,
  verdictQuery,
} from '#lib/api/verdict/queries.ts';
import type { StoredVerdict, VerdictJob } from '#lib/api/verdict/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Policy } from '#lib/domain/verdict/types.ts';
import { ANSWER_WORDS } from '#lib/format/verdict-words.ts';

export interface AnswerState extends ShownAnswer {
  readonly question: QuestionName;
  readonly min: number | null;
  /** What this page asked last; null: nothing. */
  readonly job: VerdictJob | null;
  readonly isGathering: boolean;
  /** Why asking failed; null: it did not. */
  readonly error: Error | VerdictJob['error'];
  /** null: there is nothing to ask, since no version is named. */
  readonly ask: ((policy: Policy) => void) | null;
  readonly stop: () => void;
}

/** One question about a patch: the answer at hand, asking for a new one, and what becomes of that. */
export function useAnswer(
  namespace: string,
  patch: Patch,
  question: QuestionName,
  min: number | null,
  { asksItself }: { readonly asksItself: boolean },
): AnswerState {
  const client = useQueryClient();
  const nowMs = useNow();
  const ref = { kind: patch.kind, id: patch.id };
  const given = patch.answers.find((answer) => answer.question === question && answer.min === min) ?? null;
  const [jobId, setJobId] = useState<string | null>(null);
  const keep = (job: VerdictJob) => client.setQueryData(verdictJobQuery(namespace, job.id).queryKey, job);
  const asking = useMutation({
    ...askVerdictMutation(namespace),
    onSuccess: (job) => {
      keep(job);
      setJobId(job.id);
    },
  });
  const stopping = useMutation({ ...stopVerdictMutation(namespace), onSuccess: keep });
  const watched = useQuery({ ...verdictJobQuery(namespace, jobId ?? ''), enabled: jobId !== null });
  const job = jobId === null ? null : (watched.data ?? null);
  const isDone = job?.state === 'done';
  const stored = useQuery({
    ...verdictQuery(namespace, { patch: ref, question, min }),
    enabled: given?.source === 'asked' || (isDone && job.policy === 'open'),
  });
  const factsChangedAt = useFactsChangedAt(namespace, ref);
  const shown = shownAnswer({ given, stored: asStored(stored.data), job, factsChangedAt }, nowMs);
  const canAsk = patch.kind === 'core' || min !== null;

  // Once for this question and page, where nobody's answer holds; after that the reader asks.
  const { kind, id } = ref;
  const { mutate } = asking;
  const hasAsked = useRef(false);
  const isDue = asksItself && canAsk && (given?.source !== 'asked' || shown.stale !== null);
  useEffect(() => {
    if (!isDue || hasAsked.current) return;
    hasAsked.current = true;
    mutate({ patch: { kind, id }, question, min, mode: 'full' });
  }, [isDue, kind, id, question, min, mutate]);

  const outcome = job?.verdict?.answer ?? null;
  useEffect(() => {
    if (!isDone) return;
    if (outcome !== null) announce(`Answered: ${ANSWER_WORDS[outcome].word}.`);
    void client.invalidateQueries({ queryKey: patchQuery(namespace, { kind, id }).queryKey });
    void client.invalidateQueries({ queryKey: patchesQuery(namespace).queryKey });
  }, [client, namespace, kind, id, isDone, outcome]);

  return {
    ...shown,
    question,
    min,
    job,
    isGathering: asking.isPending || (job !== null && !hasEnded(job) && watched.error === null),
    error: asking.error ?? stopping.error ?? watched.error ?? job?.error ?? null,
    ask: canAsk ? (policy) => asking.mutate({ patch: ref, question, min, policy, mode: 'full' }) : null,
    stop: () => {
      if (jobId !== null) stopping.mutate(jobId);
    },
  };
}

function asStored(data: StoredVerdict | VerdictJob | undefined): StoredVerdict | null {
  return data !== undefined && 'askedBy' in data ? data : null;
}
