'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNamespace } from '#components/shell/use-namespace.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { namespacesQuery } from '#lib/api/status/queries.ts';

interface NamespaceGateProps {
  readonly skeleton: ReactNode;
  readonly children: (namespace: string) => ReactNode;
}

/** Gives a page its namespace: from the address at once, else the default as soon as the server has named it. */
export function NamespaceGate({ skeleton, children }: NamespaceGateProps) {
  const namespace = useNamespace();
  const { error, isFetching, refetch } = useQuery(namespacesQuery());
  if (namespace !== null) return children(namespace);
  if (error === null) return skeleton;
  return <ErrorState where="The namespace" error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
}
