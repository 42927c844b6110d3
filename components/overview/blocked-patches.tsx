import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { nextQuestion } from '#lib/domain/patches/next-question.ts';
import { KIND_WORDS, nextAnswer, stageWords } from '#lib/format/patch-words.ts';
import { pages } from '#lib/routes.ts';

/** As many as fit beside the queues; the rest is one click away. */
const MOST = 6;

/** What may go comes first, since there is something to do; then what is blocked, then what nobody knows. */
const RANK = { safe: 0, blocked: 1, unknown: 2 } as const;

/** The patches that one would look at first, each with the answer to its next step; the oldest open runs first among equals. */
export function BlockedPatches({ namespace, patches }: { namespace: string; patches: readonly PatchItem[] }) {
  if (patches.length === 0) {
    return (
      <EmptyState title="No patches yet">
        A patch appears when an open run has recorded the marker of <code className="font-mono">patched</code>,{' '}
        <code className="font-mono">deprecate_patch</code> or <code className="font-mono">GetVersion</code>.
      </EmptyState>
    );
  }
  const first = patches
    .toSorted((a, b) => RANK[nextAnswer(a)] - RANK[nextAnswer(b)] || startOf(a) - startOf(b))
    .slice(0, MOST);
  return (
    <div className="flex flex-col gap-2">
      <RowList label="Patches">
        {first.map((patch) => (
          <li key={`${patch.kind}:${patch.id}`} className="row flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
            <span className="flex min-w-0 flex-1 basis-56 items-center gap-2">
              <Identifier text={patch.id} href={pages.patch(namespace, patch)} />
              <span className="text-sm text-ink-soft">
                {KIND_WORDS[patch.kind].short}, {stageWords(patch.kind, patch.stage)}
              </span>
            </span>
            <NextAnswer patch={patch} />
          </li>
        ))}
      </RowList>
      <PageLink href={pages.patches(namespace)} className="self-start">
        All patches
      </PageLink>
    </div>
  );
}

function NextAnswer({ patch }: { patch: PatchItem }) {
  const question = nextQuestion(patch.kind, patch.stage, patch.answers);
  const answer = patch.answers.find((entry) => entry.question === question);
  return answer === undefined ? (
    <span className="text-sm text-ink-soft">nothing to ask</span>
  ) : (
    <AnswerBadge answer={answer} />
  );
}

function startOf(patch: PatchItem): number {
  return patch.totals.oldestOpenStart === null ? Number.MAX_SAFE_INTEGER : Date.parse(patch.totals.oldestOpenStart);
}
