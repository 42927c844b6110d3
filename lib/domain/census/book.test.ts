import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addRuns, type Book, mergeReadings, replaceRuns } from '#lib/domain/census/book.ts';
import { isReadSince, planReadings, type ReadingPlan, UNREAD_HEAD_START_MS } from '#lib/domain/census/plan-readings.ts';
import { publish } from '#lib/domain/census/publish.ts';
import { factsOf, summaryOf } from '#lib/domain/census/test-runs.ts';

const EMPTY: Book = new Map();
const whole = (fromMs: number) => ({ fromMs, toMs: fromMs + 5, isWhole: true });
const summaries = (...ids: string[]) => ids.map((runId) => summaryOf({ runId }));
const listed = (fromMs: number, ...ids: string[]) => replaceRuns(EMPTY, [summaries(...ids)], whole(fromMs));
const read = (book: Book, beganMs: number, ...ids: string[]) =>
  mergeReadings(
    book,
    ids.map((runId) => ({ runId, beganMs, facts: factsOf() })),
  );
const plan: ReadingPlan = { nowMs: 1_000, refreshMs: 500, sinceMs: null, limit: 100 };
const planned = (book: Book, options: Partial<ReadingPlan> = {}) =>
  planReadings(book, { ...plan, ...options }).map((entry) => entry.run.summary.runId);

describe('a listing', () => {
  test('a whole listing replaces the runs, keeps facts, and drops those of runs that left', () => {
    const before = read(listed(0, 'stays', 'goes'), 10, 'stays', 'goes');
    const after = replaceRuns(before, [summaries('new'), summaries('stays')], whole(100));
    expect([...after.keys()].sort()).toEqual(['new', 'stays']);
    expect(after.get('stays')).toBe(before.get('stays'));
    expect(replaceRuns(after, [summaries('goes')], whole(200)).get('goes')?.run.facts).toBeNull();
  });

  test('a part of a listing adds runs and removes none', () => {
    const after = addRuns(listed(0, 'a'), summaries('b'), whole(1));
    expect([...after.keys()]).toEqual(['a', 'b']);
  });

  test('a run on two pages counts once', () => {
    expect(replaceRuns(EMPTY, [summaries('a'), summaries('a')], whole(0)).size).toBe(1);
  });

  test('any split into pages gives the same book', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 5 }), (ids, size) => {
        const pages = [];
        for (let from = 0; from < ids.length; from += size) pages.push(summaries(...ids.slice(from, from + size)));
        expect(replaceRuns(EMPTY, pages, whole(0))).toEqual(replaceRuns(EMPTY, [summaries(...ids)], whole(0)));
      }),
    );
  });
});

describe('mergeReadings', () => {
  test('does not bring back a run that left', () => {
    expect(read(EMPTY, 10, 'gone').size).toBe(0);
  });

  test('a failed reading keeps what was known', () => {
    const before = read(listed(0, 'a'), 10, 'a');
    const after = mergeReadings(before, [{ runId: 'a', beganMs: 20, facts: null }]);
    expect(after.get('a')).toMatchObject({ triedMs: 20, run: { factsReadMs: 10, facts: factsOf() } });
  });
});

describe('planReadings', () => {
  test('reads what is unread, what a listing says has grown, and what is old; nothing else', () => {
    let book = read(listed(900, 'fresh', 'grown', 'old', 'unread'), 950, 'fresh', 'grown');
    book = read(book, 400, 'old');
    book = replaceRuns(
      book,
      [[...summaries('fresh', 'old', 'unread'), summaryOf({ runId: 'grown', labels: ['p'] })]],
      whole(960),
    );
    expect(planned(book).sort()).toEqual(['grown', 'old', 'unread']);
  });

  test('a closed run is never read again', () => {
    const closed = mergeReadings(listed(0, 'a'), [{ runId: 'a', beganMs: 1, facts: factsOf({ isClosed: true }) }]);
    expect(planned(closed, { sinceMs: 900 })).toEqual([]);
    expect(isReadSince(closed, 900)).toBe(true);
  });

  test('new runs go first, but only so far: runs read long ago are never starved', () => {
    const nowMs = 10 * UNREAD_HEAD_START_MS;
    let book = read(listed(0, 'long-ago', 'lately'), nowMs - 2 * UNREAD_HEAD_START_MS, 'long-ago');
    book = read(book, nowMs - UNREAD_HEAD_START_MS / 2, 'lately');
    book = replaceRuns(book, [summaries('new', 'long-ago', 'lately')], whole(nowMs - 10));
    expect(planned(book, { nowMs })).toEqual(['long-ago', 'new', 'lately']);
    expect(planned(book, { nowMs, limit: 1 })).toEqual(['long-ago']);
  });

  test('whoever waits gets every run listed by then read since, and waits for no later one', () => {
    let book = read(listed(800, 'a', 'b'), 950, 'a', 'b');
    expect(planned(book)).toEqual([]);
    expect(planned(book, { sinceMs: 960 })).toEqual(['a', 'b']);
    expect(isReadSince(book, 960)).toBe(false);
    book = replaceRuns(read(book, 970, 'a', 'b'), [summaries('a', 'b', 'later')], whole(980));
    expect(isReadSince(book, 960)).toBe(true);
  });
});

test('the picture leaves out runs whose history says that they closed, and counts the histories read', () => {
  let book = read(listed(0, 'open', 'unread', 'closed'), 1, 'open');
  book = mergeReadings(book, [{ runId: 'closed', beganMs: 1, facts: factsOf({ isClosed: true }) }]);
  const picture = publish({ namespace: 'n', revision: 3, book, listing: whole(0), trouble: null });
  expect(picture.runs.map((run) => run.summary.runId)).toEqual(['open', 'unread']);
  expect(picture).toMatchObject({ historiesRead: 1, fromMs: 0, toMs: 5, isListComplete: true, revision: 3 });
});
