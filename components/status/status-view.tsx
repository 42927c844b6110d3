'use client';

import { useQuery } from '@tanstack/react-query';
import { DeclaredFacts } from '#components/declarations/declared-facts.tsx';
import { FamilyTable } from '#components/status/family-table.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import { Count } from '#components/ui/count.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { statusQuery } from '#lib/api/status/queries.ts';
import type { Status } from '#lib/api/status/schemas.ts';
import { readShare } from '#lib/format/picture-words.ts';

/** Does Temporal answer, what does it allow, how old and complete is the picture, and what was Patchboard told. */
export function StatusView() {
  return (
    <NamespaceGate skeleton={<PageFrame title="Status" opening={<Skeleton className="h-7 w-96" />} />}>
      {(namespace) => <StatusOf namespace={namespace} />}
    </NamespaceGate>
  );
}

function StatusOf({ namespace }: { namespace: string }) {
  const query = useQuery(statusQuery(namespace));
  return (
    <PageFrame
      title="Status"
      opening={query.data ? <Opening status={query.data} /> : <Skeleton className="h-7 w-96" />}
    >
      <QueryState query={query} where={`The status of ${namespace}`} skeleton={<Skeleton className="h-96 w-full" />}>
        {(status) => <StatusBody namespace={namespace} status={status} />}
      </QueryState>
    </PageFrame>
  );
}

function Opening({ status }: { status: Status }) {
  const server = status.serverVersion === null ? 'Temporal' : `Temporal ${status.serverVersion}`;
  if (status.trouble !== null) {
    return (
      <Sentence meaning="blocked" readAt={status.picture.to}>
        {server} at {status.address} does not answer as it should.
      </Sentence>
    );
  }
  return (
    <Sentence readAt={status.picture.to}>
      {server} at {status.address} answers
      {status.families.versionSets.state === 'off' ? '; version sets are off.' : '.'}
    </Sentence>
  );
}

function StatusBody({ namespace, status }: { namespace: string; status: Status }) {
  return (
    <>
      {status.trouble === null ? null : (
        <Note meaning="blocked">
          {status.trouble.message} {status.trouble.hint}
        </Note>
      )}
      <PictureNote picture={status.picture} />
      <FamilyTable families={status.families} />
      <DeclaredFacts namespace={namespace} patch={null} verdict={null} onAskAgain={null} />
      <div className="grid gap-8 md:grid-cols-2">
        <TemporalFacts status={status} />
        <PictureFacts status={status} />
        <PatchboardFacts status={status} />
        <RecordFacts record={status.record} />
      </div>
    </>
  );
}

function TemporalFacts({ status }: { status: Status }) {
  return (
    <Section title="Temporal">
      <Facts
        facts={[
          ['Address', <Identifier key="address" text={status.address} />],
          ['Connection', status.tls ? 'TLS, certificate checked' : 'plaintext'],
          ['Namespace', <Identifier key="namespace" text={status.namespace} />],
          ['Server version', status.serverVersion ?? 'not known: Temporal was not reached'],
          ['Cluster', status.clusterName ?? 'not known'],
        ]}
      />
    </Section>
  );
}

function PictureFacts({ status: { picture, budgets } }: { status: Status }) {
  return (
    <Section title="Picture of open runs" about="One reader per namespace, shared by everybody who looks.">
      <Facts
        facts={[
          ['Listed', picture.to === null ? 'not read yet' : <Time key="to" iso={picture.to} />],
          ['Open runs', <Count key="runs" value={picture.to === null ? null : picture.runsListed} noun="open run" />],
          ['Histories', `${readShare(picture)} read`],
          ['Visibility budget', `${budgets.visibilityPerSecond} calls a second`],
          ['History budget', `${budgets.historiesPerSecond} histories a second`],
        ]}
      />
    </Section>
  );
}

function PatchboardFacts({ status }: { status: Status }) {
  return (
    <Section title="Patchboard">
      <Facts
        facts={[
          ['Version', status.patchboardVersion],
          [
            'Changes',
            status.isReadOnly
              ? `not allowed: ${status.readOnlyReason ?? 'read-only'}`
              : 'allowed to whoever reaches it',
          ],
          ['Store', <Identifier key="store" text={status.storePath} />],
          ['Links to Temporal UI', status.links.temporalUi ?? 'none: PATCHBOARD_TEMPORAL_UI_URL is not set'],
          ['Links to commits', status.links.commit ?? 'none: PATCHBOARD_COMMIT_URL is not set'],
        ]}
      />
    </Section>
  );
}

function RecordFacts({ record: { entries, head, trouble } }: { record: Status['record'] }) {
  return (
    <Section
      title="Record of changes"
      about="Of all namespaces, append-only and chained. Keep a head elsewhere: beside the store, the command then shows that nothing up to it was rewritten."
    >
      <Facts
        facts={[
          [
            'Entries',
            entries === null ? (
              `not known: ${trouble ?? ''}`
            ) : (
              <Count key="entries" value={entries} noun="entry" plural="entries" />
            ),
          ],
          ['Head', head === null ? 'none yet' : <Identifier key="head" text={head} />],
        ]}
      />
      {head === null ? null : <CommandLine text={`patchboard record verify --head ${head}`} />}
    </Section>
  );
}
