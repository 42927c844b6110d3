'use client';

import { useQuery } from '@tanstack/react-query';
import { RunSkeleton } from '#components/runs/run-skeleton.tsx';
import { RunView } from '#components/runs/run-view.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { runQuery } from '#lib/api/runs/queries.ts';
import { statusQuery } from '#lib/api/status/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';

interface RunPageProps {
  /** null: the address names none, so the page asks for it. */
  readonly workflowId: string | null;
  /** null: the newest run of the workflow id. */
  readonly runId: string | null;
}

/** One run through the version lens. */
export function RunPage({ workflowId, runId }: RunPageProps) {
  return (
    <NamespaceGate skeleton={<PageFrame title="Run" opening={<RunSkeleton />} />}>
      {(namespace) =>
        workflowId === null ? (
          <Unnamed namespace={namespace} />
        ) : (
          <OneRun key={`${workflowId}\n${runId}`} namespace={namespace} workflowId={workflowId} runId={runId ?? ''} />
        )
      }
    </NamespaceGate>
  );
}

function OneRun({ namespace, workflowId, runId }: { namespace: string; workflowId: string; runId: string }) {
  const query = useQuery(runQuery(namespace, workflowId, runId));
  const status = useQuery(statusQuery(namespace));
  const title = (
    <>
      <span className="shrink-0">Run of</span> <Identifier text={workflowId} />
    </>
  );
  return (
    <QueryState query={query} where={`The run of ${escapeText(workflowId)}`} title={title} skeleton={<RunSkeleton />}>
      {(run) => (
        <RunView
          namespace={namespace}
          run={run}
          isNewest={runId === ''}
          uiPattern={status.data?.links.temporalUi ?? null}
          title={title}
        />
      )}
    </QueryState>
  );
}

function Unnamed({ namespace }: { namespace: string }) {
  return (
    <PageFrame title="Run" opening={<Sentence readAt={null}>This address names no workflow.</Sentence>}>
      <Section title="Open by name" about="The newest run of a workflow id opens.">
        <OpenByName namespace={namespace} initialKind="run" />
      </Section>
    </PageFrame>
  );
}
