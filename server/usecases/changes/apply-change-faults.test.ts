import { beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#server/errors.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import {
  type ChangeBench,
  createChangeBench,
  namespace,
  promoteA,
  taskQueue,
} from '#server/usecases/changes/testing/change-bench.ts';
import { FAST } from '#server/usecases/changes/testing/test-ctx.ts';

let bench: ChangeBench;
beforeEach(() => {
  bench = createChangeBench();
});

/** What is unconfirmed stays so while a test looks at it. */
const PATIENT = { ...FAST, refreshMs: 60_000 };

const defaults = () =>
  bench.fake
    .sets(taskQueue)
    .read()
    .sets.map((set) => set.buildIds.at(-1));

describe('a write that goes wrong', () => {
  it.each([
    ['loses-the-reply', 'verified', true],
    ['lands-late', 'verified', true],
    ['loses-the-request', 'unconfirmed', null],
    ['lies', 'unconfirmed', null],
  ] as const)('%s: %s, after one attempt', async (fault, outcome, stored) => {
    bench.fake.fault = fault;
    bench.fake.lateMs = 30;
    // A busy machine may be late itself, and must not take the landing for over.
    const timing = { ...PATIENT, landingGraceMs: 500 };
    const change = await bench.apply((await bench.plan()).id, undefined, timing);
    expect(change).toMatchObject({ outcome, stored: { is: stored } });
    expect(bench.fake.writes).toHaveLength(1);
    expect(defaults()).toEqual(stored === true ? ['b', 'a'] : ['a', 'b']);
  });

  it.each(['refuses', 'is-rate-limited'] as const)('%s: 409 with its message', async (fault) => {
    bench.fake.fault = fault;
    await expect(bench.apply((await bench.plan()).id)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('limit') as string,
    });
    expect(await bench.onlyChange()).toMatchObject({ outcome: 'refused', stored: { is: false } });
    expect(bench.fake.writes).toHaveLength(1);
  });

  it('has no outcome while nothing can be read, and the true one once it can', async () => {
    bench.fake.fault = 'loses-the-reply';
    const { id } = await bench.plan();
    bench.fake.beforeWrite = () => {
      bench.fake.readFailure = new CodedError('temporal-unreachable', 'gone', '');
    };
    const change = await bench.apply(id, 'k', { ...FAST, answerMs: 200 });
    expect(change).toMatchObject({ outcome: null, stored: { is: null }, after: null });
    bench.fake.readFailure = null;
    await bench.ctx.changes.workbench.settled(change.id);
    expect(await bench.onlyChange()).toMatchObject({ outcome: 'verified', stored: { is: true } });
  });

  it('answers without an outcome when settling takes long, and goes on', async () => {
    bench.fake.fault = 'loses-the-request';
    const change = await bench.apply((await bench.plan()).id, 'k', { ...PATIENT, landingGraceMs: 1_000, answerMs: 10 });
    expect(change.outcome).toBeNull();
    await bench.ctx.changes.workbench.settled(change.id);
    expect(await getChange(bench.ctx, { namespace, id: change.id })).toMatchObject({ outcome: 'unconfirmed' });
  });

  it('that may have been stored and does not show yet ends as what shows in time', async () => {
    bench.fake.fault = 'loses-the-request';
    const { id } = await bench.apply((await bench.plan()).id, 'k', PATIENT);
    bench.fake.sets(taskQueue).apply(promoteA);
    await expect.poll(async () => (await bench.ctx.changes.find(namespace, id))?.outcome).toBe('verified');
    await expect.poll(async () => (await bench.ctx.changes.find(namespace, id))?.takenUp.is).toBe(false);
  });

  it('that may have been stored and never shows ends as not applied', async () => {
    bench.fake.fault = 'loses-the-request';
    const { id } = await bench.apply((await bench.plan()).id, 'k');
    await expect.poll(async () => (await bench.ctx.changes.find(namespace, id))?.outcome).toBe('not-applied');
    expect(bench.fake.writes).toHaveLength(1);
  });

  it('is not applied, at once, where there was no connection to send it on', async () => {
    bench.fake.fault = 'finds-no-way';
    expect(await bench.apply((await bench.plan()).id)).toMatchObject({ outcome: 'not-applied', stored: { is: false } });
  });

  it('is given up when Patchboard itself fails after the write, and settled by reading', async () => {
    const { id } = await bench.plan();
    bench.fake.afterWrite = () => {
      bench.fake.onRead = () => {
        throw new TypeError('boom');
      };
    };
    await expect(bench.apply(id)).rejects.toThrow('boom');
    expect(await bench.onlyChange()).toMatchObject({ outcome: null, stored: { is: null } });
    bench.fake.onRead = () => undefined;
    startSettling(bench.ctx, FAST, 5);
    await expect.poll(async () => (await bench.onlyChange())?.outcome).toBe('verified');
    expect(bench.fake.writes).toHaveLength(1);
  });

  it('sends nothing when the sets can not be read before it', async () => {
    const { id } = await bench.plan();
    bench.fake.readFailure = new CodedError('temporal-unreachable', 'Temporal is gone.', '');
    await expect(bench.apply(id)).rejects.toMatchObject({ code: 'temporal-unreachable' });
    expect(bench.fake.writes).toEqual([]);
    expect(await bench.onlyChange()).toMatchObject({
      outcome: 'not-applied',
      message: 'Nothing was sent: Temporal is gone.',
    });
  });
});
