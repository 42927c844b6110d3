'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { nextStepAfter } from '#components/changes/next-step.ts';
import {
  applyChangeMutation,
  changeOfPlanQuery,
  changeQuery,
  changesKey,
  planChangeMutation,
} from '#lib/api/changes/queries.ts';
import type { ChangePlanRequest } from '#lib/api/changes/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import { taskQueueQuery } from '#lib/api/task-queues/queries.ts';

/**
 * Choose → plan → apply → watch, for one queue. The step follows from what has come back so far. An answer that was lost is looked for by
 * reading the record, again and again: reading never writes.
 */
export function useChangeFlow(namespace: string, taskQueue: string) {
  const client = useQueryClient();
  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: taskQueueQuery(namespace, taskQueue).queryKey });
    void client.invalidateQueries({ queryKey: changesKey(namespace) });
  }, [client, namespace, taskQueue]);
  const [lost, setLost] = useState<{ readonly planId: string; readonly error: Error } | null>(null);
  const planning = useMutation(planChangeMutation(namespace));
  const applying = useMutation({
    ...applyChangeMutation(namespace),
    onSuccess: (change) => client.setQueryData(changeQuery(namespace, change.id).queryKey, change),
    // The first words stay: each further attempt may fail in another way.
    onError: (error, { planId }) => {
      if (isUnclear(error)) setLost((known) => (known?.planId === planId ? known : { planId, error }));
    },
    // Also after an error: whatever happened, the page behind the dialog is asked for again.
    onSettled: refresh,
  });
  const planned = planning.data ?? null;
  // A sure answer to a further attempt ends the doubt: under one key it speaks of the first one, too.
  const isLost =
    lost !== null &&
    lost.planId === planned?.plan.id &&
    applying.data === undefined &&
    (applying.error === null || isUnclear(applying.error));
  const found = useQuery({
    ...changeOfPlanQuery(namespace, { id: planned?.plan.id ?? '', taskQueue }),
    enabled: isLost,
  });
  const id = applying.data?.id ?? (isLost ? found.data?.change?.id : undefined);
  const watched = useQuery({ ...changeQuery(namespace, id ?? ''), enabled: id !== undefined });
  const change = id === undefined ? null : (watched.data ?? applying.data ?? null);
  // What became known later than the answer concerns the page behind the dialog, too.
  const news = change === null ? null : `${change.outcome} ${change.takenUp.is}`;
  useEffect(() => {
    if (news !== null) refresh();
  }, [refresh, news]);
  return {
    planned,
    change,
    planError: planning.error,
    applyError: applying.error,
    /** The change is known, and what became of it since cannot be asked. */
    watchError: change === null ? null : watched.error,
    /** Of an attempt whose answer was lost; null: none was. */
    search: isLost ? { lost: lost.error, error: found.error, isUnrecorded: found.data?.change === null } : null,
    isPlanning: planning.isPending,
    isApplying: applying.isPending,
    plan: (request: ChangePlanRequest) => {
      applying.reset();
      planning.mutate(request);
    },
    apply: (confirm: true | string) => {
      if (planned === null) return;
      applying.mutate({ planId: planned.plan.id, idempotencyKey: planned.idempotencyKey, confirm });
    },
    startOver: () => {
      applying.reset();
      planning.reset();
    },
  };
}

/** After such an error it is open whether the write landed. */
function isUnclear(error: Error): boolean {
  return nextStepAfter(errorWords(error).code) === 'ask-again';
}

export type ChangeFlow = ReturnType<typeof useChangeFlow>;
