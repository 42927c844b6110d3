'use client';

import type { ReactNode } from 'react';
import { LabelList } from '#components/runs/label-list.tsx';
import { RecordedPatches } from '#components/runs/recorded-patches.tsx';
import { RunFacts } from '#components/runs/run-facts.tsx';
import { RunTimeline } from '#components/runs/run-timeline.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { Stale } from '#components/ui/stale.tsx';
import type { Run } from '#lib/api/runs/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { runLink } from '#lib/format/link-pattern.ts';
import { runOpening } from '#lib/format/run-words.ts';
import { pages } from '#lib/routes.ts';

interface RunViewProps {
  readonly namespace: string;
  readonly run: Run;
  /** True: the address asks for the newest run, so this is it. */
  readonly isNewest: boolean;
  /** The configured address of Temporal UI; null: none. */
  readonly uiPattern: string | null;
  readonly title: ReactNode;
}

/** The sentence, what the run is, what it recorded, and its history through the version lens. */
export function RunView({ namespace, run, isNewest, uiPattern, title }: RunViewProps) {
  const { meaning, phrase } = runOpening(run, useNow());
  const uiLink = runLink(uiPattern, { namespace, workflowId: run.workflowId, runId: run.runId });
  return (
    <PageFrame
      title={title}
      actions={
        <>
          <OtherRuns namespace={namespace} run={run} isNewest={isNewest} />
          {uiLink === null ? null : <OutsideLink href={uiLink}>Temporal UI</OutsideLink>}
        </>
      }
      opening={
        <Sentence
          {...(meaning === null ? {} : { meaning })}
          readAt={run.asOf}
          completeness={`${run.cut === null ? 'The whole history' : 'Its beginning'}: ${formatCount(run.eventsRead, 'event')}.`}
        >
          <PhraseText phrase={phrase} />
        </Sentence>
      }
    >
      {run.cut === null ? null : <Stale word="Partial" why={CUT_WORDS[run.cut]} />}
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-2">
        <RunFacts run={run} />
        <div className="flex min-w-0 flex-col gap-8">
          <RecordedPatches namespace={namespace} run={run} />
          <LabelList run={run} />
        </div>
      </div>
      <RunTimeline namespace={namespace} run={run} />
    </PageFrame>
  );
}

const CUT_WORDS: Readonly<Record<'events' | 'time', string>> = {
  events: 'The history is longer than Patchboard reads. What follows is its beginning; later events may change it.',
  time: 'Temporal gave the history too slowly to read it whole. What follows is its beginning; it is asked for again by itself.',
};

/** The run that follows, or the newest one of the id where this one does not name it. */
function OtherRuns({ namespace, run, isNewest }: { namespace: string; run: Run; isNewest: boolean }) {
  if (run.nextRunId === null && (isNewest || run.status === 'open')) return null;
  return (
    <PageLink
      look="bare"
      href={pages.run(namespace, run.workflowId, run.nextRunId ?? '')}
      className={buttonClass('secondary')}
    >
      {run.nextRunId === null ? 'Open the newest run of this workflow id' : 'Open the run that follows'}
    </PageLink>
  );
}
