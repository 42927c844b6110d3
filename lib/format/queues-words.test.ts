import { describe, expect, it } from 'vitest';
import { queuesSentence } from '#lib/format/queues-words.ts';

const queues = (...counts: (number | null)[]) => counts.map((openRuns) => ({ openRuns }));

describe('queuesSentence', () => {
  it.each([
    [queues(), 'No task queue is known in this namespace.'],
    [queues(1, 13), '14 open runs on 2 task queues.'],
    [queues(1, 0), '1 open run on 1 task queue. 1 queue has none.'],
    [queues(0, 0), 'No open run on 2 known task queues.'],
    [queues(5, null), '2 task queues are known; their open runs are not counted yet.'],
  ])('%j: %s', (list, words) => {
    expect(queuesSentence(list)).toBe(words);
  });
});
