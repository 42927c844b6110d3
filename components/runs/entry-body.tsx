import type { EntryRow } from '#components/runs/timeline-columns.tsx';
import { Badge, Tag } from '#components/ui/badge.tsx';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { escapeText } from '#lib/format/escape-text.ts';
import { type EntryLink, entryBadge, entryPhrase } from '#lib/format/run-entry-words.ts';
import { pages } from '#lib/routes.ts';

/** What one entry tells: its badge, its sentence with links, a failure's own message. */
export function EntryBody({ row }: { row: EntryRow }) {
  const badge = entryBadge(row.fact);
  return (
    <div className="flex min-w-0 flex-col items-start gap-1 py-1">
      <p className="max-w-full min-w-0 wrap-anywhere">
        {badge === null ? null : (
          <span className="mr-2">
            {badge.meaning === null ? <Tag>{badge.word}</Tag> : <Badge meaning={badge.meaning}>{badge.word}</Badge>}
          </span>
        )}
        {entryPhrase(row).map((part, index) =>
          typeof part === 'string' ? (
            part
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- the parts of one sentence, never reordered
            <Name key={index} name={part.name} link={part.link} row={row} />
          ),
        )}
      </p>
      {row.fact.kind === 'task-failed' && row.fact.message !== '' ? <Message text={row.fact.message} /> : null}
    </div>
  );
}

function Name({ name, link, row }: { name: string; link: EntryLink | undefined; row: EntryRow }) {
  const text = <IdentifierText text={name} />;
  if (link === undefined) return text;
  // An underline does not reach into the flex box of an identifier unless its parent is one.
  return (
    <PageLink href={addressOf(link, row)} className="inline-flex max-w-full min-w-0 align-baseline">
      {text}
    </PageLink>
  );
}

function addressOf(link: EntryLink, { namespace, workflowId }: EntryRow): string {
  switch (link.to) {
    case 'queue':
      return pages.queue(namespace, link.name);
    case 'patch':
      return pages.patch(namespace, link.patch);
    case 'run':
      return pages.run(link.namespace ?? namespace, link.workflowId ?? workflowId, link.runId);
  }
}

/** The SDK's or the server's own words, in full: they name the patch. */
function Message({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="max-w-full font-mono text-xs wrap-anywhere text-ink-soft">
      {escapeText(text)}
    </bdi>
  );
}
