'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Identifier } from '#components/ui/identifier.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Reason } from '#lib/api/patches/schemas.ts';
import { statusQuery } from '#lib/api/status/queries.ts';
import { formatNumber } from '#lib/format/count.ts';
import { runLink } from '#lib/format/link-pattern.ts';

type Example = Reason['examples'][number];

interface ReasonRunsProps {
  readonly namespace: string;
  readonly title: string;
  readonly examples: readonly Example[];
  readonly count: number | null;
}

/** The runs that a reason rests on, oldest first, each with what one needs to find and end it. */
export function ReasonRuns({ namespace, title, examples, count }: ReasonRunsProps) {
  const { data: status } = useQuery(statusQuery(namespace));
  const left = (count ?? examples.length) - examples.length;
  return (
    <div className="mt-1 flex flex-col gap-1">
      <ul aria-label={`Runs: ${title}`} className="flex flex-col rounded-md border border-line">
        {examples.map((run) => (
          <li
            key={`${run.workflowId} ${run.runId}`}
            className="row grid min-w-0 items-center gap-x-4 gap-y-1 border-line px-3 py-1 not-first:border-t md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,2fr)_9.5rem]"
          >
            <span className="flex min-w-0 items-center gap-2">
              <Identifier text={run.workflowId} />
              <OutsideLink href={runLink(status?.links.temporalUi ?? null, { namespace, ...run })}>{null}</OutsideLink>
            </span>
            <Fact name="queue">{run.taskQueue === null ? 'not known' : <Identifier text={run.taskQueue} />}</Fact>
            <Fact name="build">{run.buildId === null ? 'none sent' : <Identifier text={run.buildId} />}</Fact>
            <RunSpan run={run} />
          </li>
        ))}
      </ul>
      {left > 0 ? <p className="text-sm text-ink-soft">and {formatNumber(left)} younger ones.</p> : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="text-sm text-ink-soft">{name}</span>
      {children}
    </span>
  );
}

/** When the run began and when its timeouts would end it. */
function RunSpan({ run }: { run: Example }) {
  return (
    <span className="flex flex-col text-sm text-ink-soft">
      <span>
        {run.startTime === null ? (
          'start not known'
        ) : (
          <>
            started <Time iso={run.startTime} />
          </>
        )}
      </span>
      <span>
        {run.endsBy === null ? (
          'no timeout ends it'
        ) : (
          <>
            ends by <Time iso={run.endsBy} />
          </>
        )}
      </span>
    </span>
  );
}
