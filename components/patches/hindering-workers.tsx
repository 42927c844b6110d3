import { Badge } from '#components/ui/badge.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Reason, Verdict } from '#lib/api/verdict/schemas.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { formatNumber } from '#lib/format/count.ts';
import { wordsOf } from '#lib/format/verdict-words.ts';
import { pages } from '#lib/routes.ts';

type Worker = Reason['workers'][number];

/** Pollers that a row names; the rest is counted. */
const MOST_POLLERS = 3;

/** Workers that stand in the way or whose code nobody knows, each with what to do about it. */
export function HinderingWorkers({ namespace, verdict }: { namespace: string; verdict: Verdict }) {
  const rows = verdict.reasons.flatMap(({ code, workers }) => workers.map((worker) => ({ code, worker })));
  if (rows.length === 0) return null;
  return (
    <Section
      title="Workers in the way"
      about="Who polled while this was read. A stopped worker stays listed for five minutes."
    >
      <RowList label="Workers in the way">
        {rows.map(({ code, worker }) => (
          <li
            key={`${code} ${JSON.stringify(worker.identity)} ${worker.taskQueue}`}
            className="grid items-start gap-x-4 gap-y-1 px-3 py-2 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
          >
            <div className="flex min-w-0 flex-col items-start gap-1">
              <WorkerName worker={worker} />
              <span className="flex max-w-full min-w-0 items-center gap-1 text-sm text-ink-soft">
                queue <Identifier text={worker.taskQueue} href={pages.queue(namespace, worker.taskQueue)} />
              </span>
              <Pollers worker={worker} />
            </div>
            <div className="flex min-w-0 flex-col items-start gap-1">
              <Badge meaning={isBlockingCode(code) ? 'blocked' : 'unknown'}>{code.replaceAll('-', ' ')}</Badge>
              <span className="text-sm">{wordsOf(code).change}</span>
            </div>
          </li>
        ))}
      </RowList>
    </Section>
  );
}

function WorkerName({ worker: { identity } }: { worker: Worker }) {
  if (identity === null) return <span>sends no build ID</span>;
  return identity.deploymentVersion === null ? (
    <span className="flex max-w-full min-w-0 items-center gap-1">
      build <Identifier text={identity.buildId} />
    </span>
  ) : (
    <span className="flex max-w-full min-w-0 items-center gap-1">
      deployment version <Identifier text={identity.deploymentVersion} />
    </span>
  );
}

function Pollers({ worker: { pollers, lastPoll } }: { worker: Worker }) {
  if (pollers.length === 0) {
    return <span className="text-sm text-ink-soft">Nothing polls with it now, but routing sends work to it.</span>;
  }
  const left = pollers.length - MOST_POLLERS;
  return (
    <span className="flex max-w-full min-w-0 flex-wrap items-center gap-x-2 text-sm text-ink-soft">
      {pollers.slice(0, MOST_POLLERS).map((poller) => (
        <Identifier key={poller} text={poller} />
      ))}
      {left > 0 ? <span>and {formatNumber(left)} more</span> : null}
      {lastPoll === null ? null : (
        <span>
          polled <Time iso={lastPoll} />
        </span>
      )}
    </span>
  );
}
