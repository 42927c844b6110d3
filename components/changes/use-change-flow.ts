'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { applyChangeMutation, changeQuery, planChangeMutation } from '#lib/api/changes/queries.ts';
import type { ChangePlanRequest } from '#lib/api/changes/schemas.ts';
import { taskQueueQuery } from '#lib/api/task-queues/queries.ts';

/** Choose → plan → apply → watch, for one queue. The step follows from what has come back so far. */
export function useChangeFlow(namespace: string, taskQueue: string) {
  const client = useQueryClient();
  const planning = useMutation(planChangeMutation(namespace));
  const applying = useMutation({
    ...applyChangeMutation(namespace),
    onSuccess: (change) => client.setQueryData(changeQuery(namespace, change.id).queryKey, change),
    // Also after an error: whatever happened, the queue behind the dialog is asked for again.
    onSettled: () => client.invalidateQueries({ queryKey: taskQueueQuery(namespace, taskQueue).queryKey }),
  });
  const id = applying.data?.id;
  const watched = useQuery({ ...changeQuery(namespace, id ?? ''), enabled: id !== undefined });
  const planned = planning.data ?? null;
  return {
    planned,
    change: watched.data ?? applying.data ?? null,
    planError: planning.error,
    applyError: applying.error,
    isPlanning: planning.isPending,
    isApplying: applying.isPending,
    plan: (request: ChangePlanRequest) => {
      applying.reset();
      planning.mutate(request);
    },
    apply: () => {
      if (planned !== null) applying.mutate({ planId: planned.plan.id, idempotencyKey: planned.idempotencyKey });
    },
    chooseAgain: () => {
      applying.reset();
      planning.reset();
    },
  };
}

export type ChangeFlow = ReturnType<typeof useChangeFlow>;
