'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { NameInput, Select } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { PageLink, routeOf } from '#components/ui/page-link.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import { pages } from '#lib/routes.ts';

/** What can be opened by name. A patch is its kind and id: the same id may exist in both kinds. */
const KINDS = [
  { value: 'queue', label: 'Task queue' },
  { value: 'core', label: 'Patch (patched, deprecate_patch)' },
  { value: 'version', label: 'Version marker (GetVersion)' },
  { value: 'run', label: 'Run, by its workflow id' },
] as const;
export type OpenKind = (typeof KINDS)[number]['value'];

/** Known names that are offered while typing. */
const MOST_MATCHES = 6;

interface OpenByNameProps {
  readonly namespace: string;
  readonly initialKind?: OpenKind;
  /** Called when something was opened, e.g. to close the dialog around. */
  readonly onOpen?: () => void;
}

/** Opens a queue, patch or run that no list shows: lists come from open runs and memory, Temporal itself lists no queue or patch. */
export function OpenByName({ namespace, initialKind = 'queue', onOpen }: OpenByNameProps) {
  const router = useRouter();
  const [kind, setKind] = useState<OpenKind>(initialKind);
  const [name, setName] = useState('');
  const matches = useMatches(namespace, kind, name);
  const open = (wanted: string) => {
    onOpen?.();
    router.push(routeOf(addressOf(namespace, kind, wanted)));
  };
  return (
    <form
      className="flex max-w-2xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') open(name);
      }}
    >
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <Field label="Exact name">
          <NameInput value={name} onChange={setName} />
        </Field>
        <Field label="Kind">
          <Select
            value={kind}
            onChange={(value) => setKind(KINDS.find((entry) => entry.value === value)?.value ?? 'queue')}
            options={KINDS}
          />
        </Field>
      </div>
      {matches.length === 0 ? null : (
        <ul aria-label="Known names" className="flex flex-col rounded-md border border-line">
          {matches.map((match) => (
            <li key={match} className="not-first:border-t border-line">
              <PageLink
                look="bare"
                href={addressOf(namespace, kind, match)}
                {...(onOpen ? { onClick: onOpen } : {})}
                className="row flex min-w-0 items-center px-3 hover:bg-sunken"
              >
                <IdentifierText text={match} />
              </PageLink>
            </li>
          ))}
        </ul>
      )}
      <Button type="submit" look="primary" disabled={name === ''} className="self-start">
        Open
      </Button>
    </form>
  );
}

function addressOf(namespace: string, kind: OpenKind, name: string): string {
  switch (kind) {
    case 'queue':
      return pages.queue(namespace, name);
    case 'run':
      return pages.run(namespace, name, '');
    case 'core':
    case 'version':
      return pages.patch(namespace, { kind, id: name });
  }
}

/** Known names that hold what is typed, from the lists that the pages share; runs are too many to list. */
function useMatches(namespace: string, kind: OpenKind, typed: string): readonly string[] {
  const queues = useQuery({ ...taskQueuesQuery(namespace), enabled: kind === 'queue' });
  const patches = useQuery({ ...patchesQuery(namespace), enabled: kind === 'core' || kind === 'version' });
  if (typed === '' || kind === 'run') return [];
  const names =
    kind === 'queue'
      ? (queues.data?.items ?? []).map((item) => item.name)
      : (patches.data?.items ?? []).filter((item) => item.kind === kind).map((item) => item.id);
  const wanted = typed.toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(wanted)).slice(0, MOST_MATCHES);
}
