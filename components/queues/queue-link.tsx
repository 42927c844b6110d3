'use client';

import { useNamespace } from '#components/shell/use-namespace.ts';
import { Identifier } from '#components/ui/identifier.tsx';
import { pages } from '#lib/routes.ts';

/** A queue's name that leads to its page. */
export function QueueLink({ name }: { name: string }) {
  const namespace = useNamespace();
  return namespace === null ? (
    <Identifier text={name} />
  ) : (
    <Identifier text={name} href={pages.queue(namespace, name)} />
  );
}
