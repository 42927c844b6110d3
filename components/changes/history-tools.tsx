'use client';

import { useQuery } from '@tanstack/react-query';
import { Select } from '#components/ui/controls.tsx';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { HISTORY_STATES, STATE_MARKS } from '#lib/format/history-words.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';

/** What fits a select beside another. */
const OPTION_GLYPHS = 32;

interface HistoryToolsProps {
  readonly namespace: string;
  /** Queues of the loaded changes. */
  readonly queues: readonly string[];
  readonly queue: string | null;
  readonly onQueue: (queue: string | null) => void;
  readonly outcome: string | null;
  readonly onOutcome: (outcome: string | null) => void;
}

/** Narrows the history to one queue and one outcome. An empty value is a select's way to say “all”: no name is empty. */
export function HistoryTools(props: HistoryToolsProps) {
  const { namespace, queues, queue, onQueue, outcome, onOutcome } = props;
  const known = useQuery({ ...taskQueuesQuery(namespace), refetchInterval: false });
  const names = new Set([
    ...(queue === null ? [] : [queue]),
    ...queues,
    ...(known.data?.items.map((item) => item.name) ?? []),
  ]);
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Queue"
        className="max-sm:w-full"
        value={queue ?? ''}
        onChange={(value) => onQueue(value === '' ? null : value)}
        options={[
          { value: '', label: 'All queues' },
          ...[...names].toSorted().map((value) => ({ value, label: truncateMiddle(escapeText(value), OPTION_GLYPHS) })),
        ]}
      />
      <Select
        aria-label="Outcome"
        className="max-sm:w-full"
        value={outcome ?? ''}
        onChange={(value) => onOutcome(value === '' ? null : value)}
        options={[
          { value: '', label: 'All outcomes' },
          ...HISTORY_STATES.map((value) => ({ value, label: STATE_MARKS[value].word })),
        ]}
      />
    </div>
  );
}
