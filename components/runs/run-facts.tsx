'use client';

import type { ReactNode } from 'react';
import { AuthorLine } from '#components/runs/author-line.tsx';
import { QueueLink } from '#components/queues/queue-link.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Card, Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Run } from '#lib/api/runs/schemas.ts';
import { closedWord } from '#lib/format/run-entry-words.ts';

/** What the run is, who works on it and when it ends. */
export function RunFacts({ run }: { run: Run }) {
  return (
    <Section title="About">
      <Card>
        <div className="p-4">
          <Facts facts={factsOf(run)} />
        </div>
      </Card>
    </Section>
  );
}

function factsOf(run: Run): (readonly [string, ReactNode])[] {
  return [
    ['Run', run.runId === '' ? 'not recorded' : <Identifier key="run" text={run.runId} />],
    ['Type', nameOr(run.workflowType)],
    ['Queue', run.taskQueue === null ? 'not recorded' : <QueueLink key="queue" name={run.taskQueue} />],
    ['State', <State key="state" run={run} />],
    ['Last task', <LastTask key="task" run={run} />],
    ...pinFacts(run),
    ['Started', timeOr(run.startTime)],
    ...(run.status === 'open' || run.status === null ? [['Ends by', <EndsBy key="ends" run={run} />] as const] : []),
  ];
}

function nameOr(name: string | null): ReactNode {
  return name === null ? 'not recorded' : <Identifier text={name} />;
}

function timeOr(iso: string | null): ReactNode {
  return iso === null ? 'not recorded' : <Time iso={iso} />;
}

function State({ run }: { run: Run }) {
  if (run.status === null) return 'not known: the history was not read to its end';
  if (run.status === 'open') return 'open';
  return (
    <>
      {closedWord(run.status, run.isByReset).toLowerCase()} {timeOr(run.closeTime)}
    </>
  );
}

function LastTask({ run }: { run: Run }) {
  if (run.lastWorker === null) return 'none completed';
  return (
    <span className="flex min-w-0 flex-col">
      <AuthorLine author={run.lastWorker} isWhole />
      <span className="text-sm text-ink-soft">completed {timeOr(run.lastTaskTime)}</span>
    </span>
  );
}

/** Only where Worker Deployments decide where the run goes. */
function pinFacts({ pinnedTo, versioningOverride }: Run): (readonly [string, ReactNode])[] {
  return [
    ...(pinnedTo === null ? [] : [['Pinned to', <Identifier key="pin" text={pinnedTo} />] as const]),
    ...(versioningOverride === null
      ? []
      : [['Override', <Identifier key="override" text={versioningOverride} />] as const]),
  ];
}

function EndsBy({ run }: { run: Run }) {
  if (run.endsBy === null) return run.cut === null ? 'never by itself: it has no timeout' : 'no timeout seen';
  return (
    <>
      <Time iso={run.endsBy} />, by its timeout
    </>
  );
}
