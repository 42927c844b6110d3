import { describe, expect, it } from 'vitest';
import { exampleChange, exampleOutside } from '#components/changes/testing/examples.ts';
import { surroundingsOf } from '#components/queues/surroundings.ts';
import type { Picture } from '#lib/api/shared/schemas.ts';
import type { TaskQueue, TaskQueueItem, TaskQueueList } from '#lib/api/task-queues/schemas.ts';

const picture: Picture = {
  from: '2026-11-23T20:10:00.000Z',
  to: '2026-11-23T20:10:01.000Z',
  runsListed: 5,
  historiesRead: 5,
  isListComplete: true,
  trouble: null,
};
const set = {
  isQueueDefault: false,
  openRuns: 0,
  buildIds: ['beef', 'beef2'].map((buildId) => ({
    buildId,
    isSetDefault: buildId === 'beef2',
    openRunsTouched: 0,
    oldestOpenStart: null,
    pollers: 0,
    lastPollAt: null,
    reachability: null,
  })),
};
const queue: TaskQueue = {
  name: 'orders',
  asOf: '2026-11-23T20:10:02.000Z',
  digest: 'v1:0',
  versionSets: [set],
  unversioned: { openRuns: 0, pollers: 0, lastPollAt: null, unregistered: [] },
  pollers: [],
  family: 'on',
  picture,
};
const other = (name: string, buildId: string, over: Partial<TaskQueueItem['builds'][number]> = {}): TaskQueueItem => ({
  name,
  openRuns: 1,
  builds: [{ buildId, isVersioned: true, openRuns: 1, oldestOpenStart: null, ...over }],
  oldestOpenStart: null,
  firstSeen: picture.to ?? '',
  lastSeen: picture.to ?? '',
});
const list = (...items: TaskQueueItem[]): TaskQueueList => ({ items, nextCursor: null, asOf: picture.to, picture });

describe('other queues that may send work', () => {
  const sending = (given: TaskQueueList | undefined) =>
    surroundingsOf(set, { queue, list: given, changes: [] }).queuesThatMaySend;

  it('are those with an open run of any build ID of the set', () => {
    expect(sending(list(other('mail', 'beef'), other('sms', 'beef2'), other('push', 'cafe')))).toBe(2);
  });

  it('are not the queue itself, unversioned runs, or builds whose runs have ended', () => {
    expect(sending(list(other('orders', 'beef')))).toBe(0);
    expect(sending(list(other('mail', 'beef', { isVersioned: false }), other('sms', 'beef', { openRuns: 0 })))).toBe(0);
  });

  it('are not known from a list that is not whole', () => {
    expect(sending(undefined)).toBe(null);
    expect(sending({ ...list(), nextCursor: 'more' })).toBe(null);
    expect(sending({ ...list(), picture: { ...picture, isListComplete: false } })).toBe(null);
    expect(sending({ ...list(), picture: { ...picture, to: null } })).toBe(null);
  });
});

describe('whether the sets have stood for long', () => {
  const isLongSo = (...changes: Parameters<typeof surroundingsOf>[1]['changes'] & object) =>
    surroundingsOf(set, { queue, list: list(), changes }).isLongSo;
  const at = (clock: string) => `2026-11-23T${clock}.000Z`;

  it('is measured from the last change to the count, not to now', () => {
    expect(isLongSo(exampleChange({ endedAt: at('20:05:00') }))).toBe(true);
    expect(isLongSo(exampleChange({ endedAt: at('20:05:01') }))).toBe(false);
    expect(isLongSo(exampleOutside({ to: at('20:05:01') }))).toBe(false);
    const uncounted = { ...queue, picture: { ...picture, isListComplete: false }, asOf: at('20:05:00') };
    const changes = [exampleChange({ endedAt: at('20:01:00') })];
    expect(surroundingsOf(set, { queue: uncounted, list: list(), changes }).isLongSo).toBe(false);
  });

  it('is not so while a change is under way, and not known without the history', () => {
    expect(isLongSo(exampleChange({ outcome: null, endedAt: null }))).toBe(false);
    expect(surroundingsOf(set, { queue, list: list(), changes: undefined }).isLongSo).toBe(null);
    expect(isLongSo()).toBe(true);
  });

  it('passes over attempts that wrote nothing', () => {
    const refused = exampleChange({ outcome: 'refused', endedAt: at('20:09:00') });
    expect(isLongSo(refused, exampleChange({ endedAt: at('20:01:00') }))).toBe(true);
    expect(isLongSo(refused, exampleChange({ endedAt: at('20:08:00') }))).toBe(false);
    expect(isLongSo(exampleChange({ outcome: 'unconfirmed', endedAt: at('20:09:00') }))).toBe(false);
  });
});
