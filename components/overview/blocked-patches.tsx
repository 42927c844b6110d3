import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { KIND_WORDS } from '#lib/format/patch-words.ts';
import { pages } from '#lib/routes.ts';

/** As many as fit beside the queues; the rest is one click away. */
const MOST = 6;

/** The patches that one would look at first: blocked before unknown, then by the age of their oldest open run. */
export function BlockedPatches({ namespace, patches }: { namespace: string; patches: readonly PatchItem[] }) {
  if (patches.length === 0) {
    return (
      <EmptyState title="No patches yet">
        A patch appears when an open run has recorded the marker of <code className="font-mono">patched</code>,{' '}
        <code className="font-mono">deprecate_patch</code> or <code className="font-mono">GetVersion</code>.
      </EmptyState>
    );
  }
  const first = [...patches].sort((a, b) => rank(a) - rank(b) || startOf(a) - startOf(b)).slice(0, MOST);
  return (
    <div className="flex flex-col gap-2">
      <RowList label="Patches">
        {first.map((patch) => (
          <li key={`${patch.kind}:${patch.id}`} className="row flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
            <span className="flex min-w-0 flex-1 basis-56 items-center gap-2">
              <Identifier text={patch.id} href={pages.patch(namespace, patch)} />
              <span className="text-sm text-ink-soft">{KIND_WORDS[patch.kind].short}</span>
            </span>
            <span className="flex flex-wrap gap-1">
              {patch.answers.map((answer) => (
                <AnswerBadge key={answer.question} answer={answer} />
              ))}
            </span>
          </li>
        ))}
      </RowList>
      <PageLink href={pages.patches(namespace)} className="self-start">
        All patches
      </PageLink>
    </div>
  );
}

function rank(patch: PatchItem): number {
  return patch.answers.some((answer) => answer.answer === 'blocked') ? 0 : 1;
}

function startOf(patch: PatchItem): number {
  return patch.totals.oldestOpenStart === null ? Number.POSITIVE_INFINITY : Date.parse(patch.totals.oldestOpenStart);
}
