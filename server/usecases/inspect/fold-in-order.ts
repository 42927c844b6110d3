import type { RunFacts } from '#lib/domain/census/types.ts';
import { createRunFold } from '#lib/domain/history/fold-run-facts.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';

/** A fold that takes a file's events in the order they stand in it. Methods return what is wrong, null when nothing is. */
export interface OrderedFold {
  readonly add: (event: HistoryEvent) => string | null;
  readonly end: () => { readonly facts: RunFacts } | { readonly problem: string };
}

/**
 * A history is whole only from event 1 on without a gap: a missing event may be a marker. Newest first (`workflow show --reverse`)
 * is taken too; such a file's events are held until its end.
 */
export function createOrderedFold(): OrderedFold {
  const fold = createRunFold();
  let lastId: number | null = null;
  /** Held events of a file that begins with its newest; null for one that begins with event 1. */
  let newestFirst: HistoryEvent[] | null = null;

  function add(event: HistoryEvent): string | null {
    const { eventId } = event;
    if (lastId === null && eventId !== 1) newestFirst = [];
    else if (lastId !== null && eventId !== lastId + (newestFirst ? -1 : 1)) {
      return `event ${eventId} stands after event ${lastId}: events are missing or out of order`;
    }
    if (eventId === 1 && event.type !== 'workflow-execution-started') {
      return 'event 1 is not the start of a workflow execution';
    }
    lastId = eventId;
    if (newestFirst) newestFirst.push(event);
    else fold.add(event);
    return null;
  }

  function end(): ReturnType<OrderedFold['end']> {
    if (lastId === null) return { problem: 'holds no events' };
    if (newestFirst && lastId !== 1) return { problem: `does not hold the events before event ${lastId}` };
    for (const event of newestFirst?.toReversed() ?? []) fold.add(event);
    return { facts: fold.finish() };
  }
  return { add, end };
}
