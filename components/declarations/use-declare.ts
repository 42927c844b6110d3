'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { declarationsQuery, declareMutation, withdrawMutation } from '#lib/api/declarations/queries.ts';
import { statusQuery } from '#lib/api/status/queries.ts';

/** Declares a fact; every list of facts is asked for again, whatever came of it. */
export function useDeclare(namespace: string) {
  const client = useQueryClient();
  return useMutation({
    ...declareMutation(namespace),
    onSettled: () => client.invalidateQueries({ queryKey: declarationsQuery(namespace).queryKey }),
  });
}

export function useWithdraw(namespace: string) {
  const client = useQueryClient();
  return useMutation({
    ...withdrawMutation(namespace),
    onSettled: () => client.invalidateQueries({ queryKey: declarationsQuery(namespace).queryKey }),
  });
}

/** Why facts can be neither declared nor withdrawn here; null: they can. Until the server has said, they cannot. */
export function useWhyNoDeclaring(namespace: string): string | null {
  const { data, error } = useQuery(statusQuery(namespace));
  if (data === undefined)
    return error === null ? 'Not known yet whether changes are allowed.' : 'The status is not known.';
  return data.isReadOnly ? (data.readOnlyReason ?? 'Patchboard is read-only.') : null;
}
