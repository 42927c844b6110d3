import { describe, expect, it } from 'vitest';
import { runSchema } from '#lib/api/runs/schemas.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import {
  type Body,
  completed,
  failed,
  json,
  labels,
  numbered,
  patched,
  scheduled,
  stamp,
  started,
  taken,
} from '#lib/domain/run-lens/testing/events.ts';
import { CodedError } from '#server/errors.ts';
import type { CallOptions, HistoryInput, HistoryPage } from '#server/temporal/port.ts';
import { getRun } from '#server/usecases/runs/get-run.ts';
import type { RunCtx } from '#server/usecases/runs/read-run.ts';

const START_MS = Date.parse('2026-03-01T00:00:00.000Z');
const request = { namespace: 'n', workflowId: 'order-1', runId: 'run-1' };

interface FakeOptions {
  /** Runs before each page; may throw. */
  readonly before?: (input: HistoryInput, options: CallOptions | undefined) => void;
  /** How far the clock moves with each page. */
  readonly pageMs?: number;
  readonly eventsPerPage?: number;
}

/** A context with one history in it, given in pages, and the inputs that it was asked for. */
function ctxWith(events: readonly HistoryEvent[], { before, pageMs = 0, eventsPerPage = 3 }: FakeOptions = {}) {
  const asked: { input: HistoryInput; options: CallOptions | undefined }[] = [];
  let nowMs = START_MS;
  const ctx: RunCtx = {
    now: () => nowMs,
    signal: new AbortController().signal,
    temporal: {
      readHistory: async (input, options): Promise<HistoryPage> => {
        asked.push({ input, options });
        before?.(input, options);
        nowMs += pageMs;
        const from = input.pageToken?.[0] ?? 0;
        const page = events.slice(from * eventsPerPage, (from + 1) * eventsPerPage);
        const isLast = (from + 1) * eventsPerPage >= events.length;
        return { events: page, nextPageToken: isLast ? new Uint8Array() : new Uint8Array([from + 1]) };
      },
    },
  };
  return { ctx, asked };
}

const at = (bodies: readonly Body[]) =>
  numbered(bodies).map((event) => ({ ...event, timeMs: START_MS + event.timeMs }));

async function runOf(...bodies: Body[]) {
  const run = await getRun(ctxWith(at(bodies)).ctx, request);
  expect(runSchema.parse(run)).toEqual(run);
  return run;
}

describe('an open run', () => {
  it('says what people ask of it', async () => {
    const run = await runOf(
      started({ runTimeoutMs: 60_000 }),
      scheduled,
      taken(stamp('one')),
      completed(stamp('one'), { sdk: '1.35.0', identity: 'w1' }),
      patched({ id: 'a', deprecated: false }, 4),
      labels(['a'], 4),
      patched({ id: 'b', deprecated: true }, 4),
    );
    expect(run).toMatchObject({
      workflowId: 'order-1',
      runId: 'run-1',
      workflowType: 'Order',
      taskQueue: 'orders',
      status: 'open',
      startTime: '2026-03-01T00:00:00.000Z',
      closeTime: null,
      endsBy: '2026-03-01T00:01:00.000Z',
      lastWorker: { buildId: 'one', identities: ['w1'], sdkName: 'temporal-python', sdkVersion: '1.35.0' },
      lastTaskTime: '2026-03-01T00:00:03.000Z',
      patches: [
        { patch: { kind: 'core', id: 'a' }, deprecated: false, eventId: 5, isLabelled: true },
        { patch: { kind: 'core', id: 'b' }, deprecated: true, eventId: 7, isLabelled: false },
      ],
      patchCount: 2,
      labels: ['a'],
      labelCount: 1,
      unreadableMarkers: 0,
      nondeterminism: null,
      eventsRead: 7,
      cut: null,
      omitted: null,
    });
    expect(run.entries.map((entry) => entry.fact.kind)).toEqual([
      'started',
      'tasks-completed',
      'patch',
      'labels',
      'patch',
    ]);
  });

  it('finds the label of a version marker', async () => {
    const version: Body = {
      type: 'marker-recorded',
      markerName: 'Version',
      details: { 'change-id': [json('v')], version: [json(2)] },
      workflowTaskCompletedEventId: 2,
    };
    expect((await runOf(started(), version, labels(['v-2']))).patches).toMatchObject([
      { version: 2, isLabelled: true },
    ]);
    expect((await runOf(started(), version, labels(['v-1']))).patches).toMatchObject([{ isLabelled: false }]);
  });

  it('tells a nondeterminism failure and an unreadable marker', async () => {
    const encrypted: Body = {
      type: 'marker-recorded',
      markerName: 'core_patch',
      details: { 'patch-data': [{ encoding: 'binary/encrypted', data: new Uint8Array() }] },
      workflowTaskCompletedEventId: 2,
    };
    const run = await runOf(started(), completed(stamp('one')), encrypted, failed('NON_DETERMINISTIC_ERROR', 'why'));
    expect(run).toMatchObject({
      nondeterminism: { message: 'why', time: '2026-03-01T00:00:03.000Z' },
      unreadableMarkers: 1,
    });
  });

  it('is read page by page, each from the token before', async () => {
    const { ctx, asked } = ctxWith(at([started(), scheduled, scheduled, scheduled, scheduled]), { eventsPerPage: 2 });
    expect((await getRun(ctx, request)).eventsRead).toBe(5);
    expect(asked.map(({ input }) => input.pageToken?.[0])).toEqual([undefined, 1, 2]);
    for (const { input } of asked) expect(input).toMatchObject(request);
  });
});

describe('a closed run', () => {
  it('names the run that follows', async () => {
    const run = await runOf(started(), {
      type: 'workflow-execution-closed',
      status: 'continued-as-new',
      newRunId: 'next',
    });
    expect(run).toMatchObject({
      status: 'continued-as-new',
      closeTime: '2026-03-01T00:00:01.000Z',
      nextRunId: 'next',
      isByReset: false,
    });
  });

  it('says that a reset ended it', async () => {
    const end: Body = { type: 'workflow-execution-closed', status: 'terminated', newRunId: null, isByReset: true };
    expect(await runOf(started(), end)).toMatchObject({ status: 'terminated', nextRunId: null, isByReset: true });
  });
});

describe('the run id', () => {
  it('is found in the history where none is asked for', async () => {
    const { ctx, asked } = ctxWith(at([started()]));
    expect((await getRun(ctx, { ...request, runId: '' })).runId).toBe('run-1');
    expect(asked[0]?.input.runId).toBe('');
  });

  it('of a reset run is the new one', async () => {
    const events = at([
      started(),
      scheduled,
      taken(stamp('one')),
      failed('RESET_WORKFLOW', 'because', 'run-2', 'run-1'),
    ]);
    expect((await getRun(ctxWith(events).ctx, { ...request, runId: '' })).runId).toBe('run-2');
  });
});

describe('a bound', () => {
  const many = at([started(), ...Array.from({ length: 60_000 }, () => scheduled)]);

  it('of fifty thousand events cuts the reading: whether the run is open is not known then', async () => {
    const { ctx, asked } = ctxWith(many, { eventsPerPage: 250 });
    expect(await getRun(ctx, request)).toMatchObject({ cut: 'events', eventsRead: 50_000, status: null });
    expect(asked).toHaveLength(200);
  });

  it('of fifteen seconds cuts it too', async () => {
    const { ctx, asked } = ctxWith(many, { eventsPerPage: 250, pageMs: 4_000 });
    expect(await getRun(ctx, request)).toMatchObject({ cut: 'time', eventsRead: 1_000, status: null });
    expect(asked.map(({ options }) => options?.deadlineMs)).toEqual([15_000, 11_000, 7_000, 3_000]);
  });

  it('that a page meets leaves what was read before', async () => {
    const late = new CodedError('deadline-exceeded', 'late', 'again');
    const before = ({ pageToken }: HistoryInput) => {
      if (pageToken !== undefined) throw late;
    };
    expect(await getRun(ctxWith(many, { before }).ctx, request)).toMatchObject({ cut: 'time', eventsRead: 3 });
    const never = () => {
      throw late;
    };
    await expect(getRun(ctxWith(many, { before: never }).ctx, request)).rejects.toBe(late);
  });
});

describe('what Temporal refuses', () => {
  const refusing = (error: unknown) =>
    ctxWith([], {
      before: () => {
        throw error;
      },
    }).ctx;

  it('because it has no such run is said with both names and the next step', async () => {
    const ctx = refusing(new CodedError('not-found', 'Temporal does not know it', 'h'));
    await expect(getRun(ctx, request)).rejects.toMatchObject({
      code: 'not-found',
      message: 'Temporal has no run "run-1" of the workflow "order-1".',
      hint: expect.stringContaining('retention'),
    });
    await expect(getRun(ctx, { ...request, runId: '' })).rejects.toMatchObject({
      message: 'Temporal has no run of the workflow "order-1".',
    });
  });

  it('for another reason goes on as it is', async () => {
    const error = new CodedError('temporal-unreachable', 'm', 'h');
    await expect(getRun(refusing(error), request)).rejects.toBe(error);
  });
});
