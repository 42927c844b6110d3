import { Identifier, IdentifierText } from '#components/ui/identifier.tsx';
import { Tag } from '#components/ui/badge.tsx';
import type { Author } from '#lib/api/runs/schemas.ts';
import { authorName, routingWord } from '#lib/format/run-entry-words.ts';

interface AuthorLineProps {
  readonly author: Author;
  /** Also the workers' identities and the SDK. */
  readonly isWhole?: boolean;
  /** False: only a started task tells of the worker, which does not say how it is routed to. */
  readonly isRoutingRecorded?: boolean;
}

/** The build that did something and how work reaches it; with `isWhole`, which workers of it and with which SDK. */
export function AuthorLine({ author, isWhole = false, isRoutingRecorded = true }: AuthorLineProps) {
  const name = authorName(author);
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-x-2">
        {name === null ? <NoBuild isRoutingRecorded={isRoutingRecorded} /> : <Identifier text={name} />}
        {isRoutingRecorded ? <Tag>{routingWord(author)}</Tag> : null}
      </span>
      {isWhole || name === null ? <Details author={author} /> : null}
    </span>
  );
}

function NoBuild({ isRoutingRecorded }: { isRoutingRecorded: boolean }) {
  return <span className="text-ink-soft">{isRoutingRecorded ? 'no build ID' : 'build not recorded'}</span>;
}

function Details({ author }: { author: Author }) {
  const { identities, hasMoreIdentities, sdkName, sdkVersion } = author;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-2 text-sm text-ink-soft">
      {identities.map((identity) => (
        <IdentifierText key={identity} text={identity} />
      ))}
      {hasMoreIdentities ? <span>and more workers</span> : null}
      {sdkName === null ? null : <IdentifierText text={sdkVersion === null ? sdkName : `${sdkName} ${sdkVersion}`} />}
    </span>
  );
}
