import { Tag } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { Section } from '#components/ui/section.tsx';
import type { RecordedPatch, Run } from '#lib/api/runs/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { callWords } from '#lib/format/run-entry-words.ts';
import { pages } from '#lib/routes.ts';

/** Every patch whose marker is in the history, in order, and whether a search for its label finds the run. */
export function RecordedPatches({ namespace, run }: { namespace: string; run: Run }) {
  const left = run.patchCount - run.patches.length;
  return (
    <Section title="Recorded patches" about="Markers never change: what stands here holds as long as the run does.">
      {run.unreadableMarkers === 0 ? null : (
        <Note meaning="unknown">
          {formatCount(run.unreadableMarkers, 'marker')} of this run cannot be read: it may be any patch’s.
        </Note>
      )}
      {run.patches.length === 0 ? (
        <EmptyState title={run.cut === null ? 'No patch' : 'No patch so far'}>
          A patch appears here once a workflow task of this run has called it.
        </EmptyState>
      ) : (
        <ul
          aria-label="Recorded patches"
          className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
        >
          {run.patches.map((recorded) => (
            <PatchRow key={recorded.eventId} namespace={namespace} recorded={recorded} />
          ))}
        </ul>
      )}
      {left > 0 ? <p className="text-sm text-ink-soft">and {formatCount(left, 'more', 'more')}.</p> : null}
    </Section>
  );
}

function PatchRow({ namespace, recorded }: { namespace: string; recorded: RecordedPatch }) {
  return (
    <li className="row flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
      <span className="flex min-w-0 flex-1 basis-40">
        <Identifier text={recorded.patch.id} href={pages.patch(namespace, recorded.patch)} />
      </span>
      <span className="text-sm text-ink-soft">{callWords(recorded)}</span>
      {recorded.isLabelled ? null : <Tag>no label</Tag>}
    </li>
  );
}
