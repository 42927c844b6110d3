'use client';

import { useQuery } from '@tanstack/react-query';
import { Actor } from '#components/changes/actor.tsx';
import { BeforeAfter } from '#components/changes/before-after.tsx';
import { isUndoable } from '#components/changes/is-undoable.ts';
import { FactRows, messageOf } from '#components/changes/outcome-pane.tsx';
import { Difference, OutsideWords } from '#components/changes/outside-words.tsx';
import { Moves, Risks } from '#components/changes/plan-notes.tsx';
import { SetsColumn } from '#components/changes/sets-column.tsx';
import { StateMarks } from '#components/changes/state-marks.tsx';
import { QueueLink } from '#components/queues/queue-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { AbsoluteTime } from '#components/ui/time.tsx';
import { changeItemQuery } from '#lib/api/changes/queries.ts';
import type { Change, ChangeDetail, ChangeItem, OutsideChange } from '#lib/api/changes/schemas.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { itemWords } from '#lib/format/history-words.ts';
import { undoWords } from '#lib/format/plan-fact-words.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { pages } from '#lib/routes.ts';

interface ChangeDetailsProps {
  readonly namespace: string;
  readonly id: string;
  /** The item as the list has it; undefined: the list does not hold it (yet). */
  readonly listed: ChangeItem | undefined;
  /** null: changes are not offered. */
  readonly onUndo: ((change: Change) => void) | null;
  readonly onClose: () => void;
}

/** One item of the history in full. Its address can be passed on. */
export function ChangeDetails({ namespace, id, listed, onUndo, onClose }: ChangeDetailsProps) {
  const query = useQuery(changeItemQuery(namespace, id));
  const shown = query.data ?? listed;
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={shown === undefined ? 'One change' : itemWords(shown)}>
      <QueryState query={query} where="The change" skeleton={<Skeleton className="h-48 w-full" />}>
        {(item) =>
          item.kind === 'outside' ? (
            <OutsideBody item={item} />
          ) : (
            <ChangeBody namespace={namespace} change={item} onUndo={onUndo} />
          )
        }
      </QueryState>
    </Dialog>
  );
}

function OutsideBody({ item }: { item: OutsideChange }) {
  return (
    <>
      <div>
        <StateMarks item={item} />
      </div>
      <p className="wrap-anywhere">
        <OutsideWords item={item} />
      </p>
      <Facts
        facts={[
          ['Queue', <QueueLink key="queue" name={item.taskQueue} />],
          ['By', 'not known: Temporal keeps no record of who changes version sets'],
          ['Last seen as before', <AbsoluteTime key="from" iso={item.from} />],
          ['First seen as after', <AbsoluteTime key="to" iso={item.to} />],
          ['Way back', 'None by itself: plan the operation that you want on the queue’s page.'],
          ['ID', <Identifier key="id" text={item.id} />],
        ]}
      />
      <BeforeAfter before={item.before} after={item.after} />
    </>
  );
}

interface ChangeBodyProps {
  readonly namespace: string;
  readonly change: ChangeDetail;
  readonly onUndo: ((change: Change) => void) | null;
}

function ChangeBody({ namespace, change, onUndo }: ChangeBodyProps) {
  const { plan } = change;
  const isOther = change.after !== null && !areSameSets({ sets: plan.after }, { sets: change.after });
  return (
    <>
      <p className="font-semibold">{change.outcome === null ? 'Still settling.' : OUTCOME_WORDS[change.outcome]}</p>
      <p className="wrap-anywhere empty:hidden">{messageOf(change)}</p>
      <FactRows change={change} />
      <Facts
        facts={[
          ['Queue', <QueueLink key="queue" name={change.taskQueue} />],
          ['By', <Actor key="by" item={change} />],
          ['Reason', change.reason === '' ? 'none given' : escapeText(change.reason)],
          ['Begun', <AbsoluteTime key="begun" iso={change.startedAt} />],
          ['Ended', change.endedAt === null ? 'not yet' : <AbsoluteTime key="ended" iso={change.endedAt} />],
          ...(change.undoOf === null
            ? []
            : [
                [
                  'Takes back',
                  <PageLink key="undone" href={pages.changes(namespace, { id: change.undoOf })}>
                    an earlier change
                  </PageLink>,
                ] as const,
              ]),
        ]}
      />
      <BeforeAfter before={plan.before} after={plan.after} titles={['Before', isOther ? 'As planned' : 'After']} />
      {isOther && change.after !== null ? (
        <div className="flex flex-col gap-2">
          <p className="wrap-anywhere">
            Read afterwards: <Difference item={{ before: plan.before, after: change.after }} />
          </p>
          <SetsColumn title="As read" sets={change.after} earlier={plan.before} />
        </div>
      ) : null}
      <h3 className="font-semibold">What the plan said</h3>
      <Moves notes={plan.notes} />
      <Risks notes={plan.notes} undo={plan.undo} />
      <Facts
        facts={[
          ...(plan.undo.kind === 'none' ? [] : [['Way back', undoWords(plan.undo)] as const]),
          ['Change ID', <Identifier key="id" text={change.id} />],
          ['Plan ID', <Identifier key="plan" text={change.planId} />],
        ]}
      />
      {isUndoable(change) && onUndo !== null ? (
        <Button className="self-start" onClick={() => onUndo(change)}>
          Undo
        </Button>
      ) : null}
    </>
  );
}
