'use client';

import { useQuery } from '@tanstack/react-query';
import { Note } from '#components/ui/note.tsx';
import { statusQuery } from '#lib/api/status/queries.ts';

/** What every page of a namespace should know first: Temporal does not answer, or version sets are off and how to turn them on. */
export function FamilyNotes({ namespace }: { namespace: string }) {
  const { data } = useQuery(statusQuery(namespace));
  if (data === undefined) return null;
  if (data.trouble !== null) {
    return (
      <Note meaning="blocked">
        {data.trouble.message} {data.trouble.hint}
      </Note>
    );
  }
  if (data.families.versionSets.state !== 'off') return null;
  return (
    <Note meaning="attention">
      Version sets are off on this server: <code className="font-mono">{data.families.versionSets.setting}</code> turns
      them on.
    </Note>
  );
}
