import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { temporal } from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { createRunFold } from '#lib/domain/history/fold-run-facts.ts';
import { decodeHistoryBinary } from '#server/temporal/history-binary.ts';
import { EVENT_TYPE_NUMBERS } from '#server/temporal/history-json-enums.ts';
import { parseHistoryEvent } from '#server/temporal/history-json.ts';

const b64 = (text: string) => Buffer.from(text).toString('base64');
const JSON_PLAIN = { encoding: b64('json/plain') };

function fixture(name: string): Record<string, unknown>[] {
  return JSON.parse(readFileSync(`e2e/fixtures/histories/${name}`, 'utf8')).events;
}

function parse(event: object) {
  return parseHistoryEvent(JSON.stringify(event));
}

const at = { eventId: '5', eventTime: '2023-05-01T10:00:00.123456789Z' };
const markerOf = (details: unknown, eventType: unknown = 'EVENT_TYPE_MARKER_RECORDED') =>
  parse({
    ...at,
    eventType,
    markerRecordedEventAttributes: { markerName: 'core_patch', details, workflowTaskCompletedEventId: '4' },
  });

describe('a recorded history', () => {
  it('becomes events', () => {
    const events = fixture('go-version.json').map(parse);
    expect(events[0]).toEqual({
      event: {
        eventId: 1,
        timeMs: Date.UTC(2026, 10, 23, 20, 54, 4, 783),
        type: 'workflow-execution-started',
        workflowType: 'Ship',
        taskQueue: 'go-plain',
        runTimeoutMs: 3_600_000,
        executionTimeoutMs: 3_600_000,
        firstTaskBackoffMs: 1000,
        continuedFromRunId: null,
        workflowId: 'go-plain',
        originalRunId: '01a20a2f-f4ef-7ba6-8503-5cbf0f514898',
      },
    });
    expect(events[3]).toMatchObject({
      event: {
        type: 'workflow-task-completed',
        identity: '3450@vm@',
        worker: { buildId: '23fefcd979c76ad258238d76f535c5ca', useVersioning: false, deploymentVersion: null },
        sdk: { name: 'temporal-go', version: '1.44.0' },
        startedEventId: 3,
      },
    });
    expect(events.at(-1)).toMatchObject({ event: { type: 'workflow-execution-closed', status: 'completed' } });
  });

  it("takes a sticky queue's normal name", () => {
    const queues = fixture('go-version.json')
      .map(parse)
      .flatMap((parsed) =>
        'event' in parsed && parsed.event.type === 'workflow-task-scheduled' ? [parsed.event.taskQueue] : [],
      );
    expect(queues).toEqual(['go-plain', 'go-plain']);
  });

  it('tells the same of a run as its binary form', () => {
    const [fromJson, fromBinary] = [createRunFold(), createRunFold()];
    for (const json of fixture('python-patched.json')) {
      const parsed = parse(json);
      if ('event' in parsed) fromJson.add(parsed.event);
    }
    const bytes = readFileSync('e2e/fixtures/histories/python-patched.bin');
    for (const event of decodeHistoryBinary(bytes)) fromBinary.add(event);
    expect(fromJson.finish()).toEqual(fromBinary.finish());
  });

  it('says why a task failed', () => {
    expect(parse(fixture('cli-removed-failing.json').at(-1) ?? {})).toMatchObject({
      event: {
        type: 'workflow-task-failed',
        cause: 'NON_DETERMINISTIC_ERROR',
        message: expect.stringContaining('[TMPRL1100]'),
        newRunId: null,
      },
    });
  });
});

describe('event types', () => {
  it('have the numbers of the proto files', () => {
    for (const [name, number] of Object.entries(EVENT_TYPE_NUMBERS)) {
      expect(temporal.api.enums.v1.EventType).toHaveProperty(`EVENT_TYPE_${name}`, number);
    }
  });

  it.each(['EVENT_TYPE_MARKER_RECORDED', 'MarkerRecorded', 25])('reads %j', (eventType) => {
    expect(markerOf({}, eventType)).toMatchObject({ event: { type: 'marker-recorded', eventId: 5 } });
  });

  it.each([
    ['EVENT_TYPE_NEXUS_OPERATION_STARTED', 'NEXUS_OPERATION_STARTED'],
    ['WorkflowTaskTimedOut', 'WORKFLOW_TASK_TIMED_OUT'],
    [4711, '4711'],
    ['__proto__', '__PROTO__'],
    ['toString', 'TO_STRING'],
  ])('takes %j for another type', (eventType, name) => {
    expect(parse({ ...at, eventType })).toMatchObject({ event: { type: 'other', name } });
  });
});

describe('ids and times', () => {
  it.each([5, '5'])('reads the event id %j', (eventId) => {
    expect(parse({ ...at, eventId, eventType: 'X' })).toMatchObject({ event: { eventId: 5 } });
  });

  it.each([0, -1, 1.5, '05', '5.0', ' 5', 1e300, null, undefined, true, [5]])('refuses the event id %j', (eventId) => {
    expect(parse({ ...at, eventId, eventType: 'X' })).toEqual({ problem: expect.stringContaining('eventId') });
  });

  it('cuts times to milliseconds and minds their zone', () => {
    const timeMs = Date.UTC(2023, 4, 1, 10, 0, 0, 123);
    expect(parse({ ...at, eventType: 'X' })).toMatchObject({ event: { timeMs } });
    const local = { ...at, eventTime: '2023-05-01T12:00:00.123+02:00' };
    expect(parse({ ...local, eventType: 'X' })).toMatchObject({ event: { timeMs } });
  });

  it.each([undefined, 1, '', 'yesterday', '2023', '2023-13-01T00:00:00Z', '2023-05-01'])(
    'refuses the time %j',
    (eventTime) => {
      expect(parse({ ...at, eventTime, eventType: 'X' })).toEqual({ problem: expect.stringContaining('eventTime') });
    },
  );

  it('refuses an event without type, a marker without its part, and what is no object', () => {
    expect(parse(at)).toEqual({ problem: 'has no eventType' });
    expect(parse({ ...at, eventType: 'MarkerRecorded' })).toEqual({
      problem: 'is of type MARKER_RECORDED and has no markerRecordedEventAttributes',
    });
    expect(markerOf({}, 'EVENT_TYPE_MARKER_X')).toEqual({
      problem: 'is of type MARKER_X and has markerRecordedEventAttributes',
    });
    expect(parseHistoryEvent('[]')).toHaveProperty('problem');
    expect(parseHistoryEvent(`{"eventId":1,"eventId":2}`)).toHaveProperty('problem');
  });
});

describe('workers', () => {
  const completedWith = (attributes: object) =>
    parse({ ...at, eventType: 'WorkflowTaskCompleted', workflowTaskCompletedEventAttributes: attributes });

  it.each([
    [{}, { buildId: null, useVersioning: false, deploymentVersion: null }],
    [{ workerVersion: { buildId: '' } }, { buildId: null, useVersioning: false, deploymentVersion: null }],
    [
      { workerVersion: { buildId: 'a', useVersioning: true } },
      { buildId: 'a', useVersioning: true, deploymentVersion: null },
    ],
    [{ worker_version: { build_id: 'a' } }, { buildId: 'a', useVersioning: false, deploymentVersion: null }],
    [
      { deploymentVersion: { deploymentName: 'shop', buildId: 'b' } },
      { buildId: 'b', useVersioning: false, deploymentVersion: 'shop:b' },
    ],
    [
      { workerDeploymentVersion: 'shop.v1.2' },
      { buildId: 'v1.2', useVersioning: false, deploymentVersion: 'shop:v1.2' },
    ],
  ])('%j', (attributes, worker) => {
    expect(completedWith(attributes)).toMatchObject({ event: { worker } });
  });
});

describe('payloads', () => {
  const plain = { encoding: 'json/plain', data: Buffer.from('{"id":"a"}') };

  it.each<[string, unknown, { encoding: string | null; data: Uint8Array }]>([
    ['proto JSON', { payloads: [{ metadata: JSON_PLAIN, data: b64('{"id":"a"}') }] }, plain],
    [
      'without padding',
      { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg' }, data: b64('{"id":"a"}').replace(/=/g, '') }] },
      plain,
    ],
    ["Temporal UI's readable form", { payloads: [{ metadata: { encoding: 'json/plain' }, data: { id: 'a' } }] }, plain],
    ["the command line's shorthand", [{ id: 'a' }], plain],
    ['raw inside shorthand', [{ metadata: JSON_PLAIN, data: b64('{"id":"a"}') }], plain],
    ['no encoding', { payloads: [{ data: b64('my') }] }, { encoding: null, data: Buffer.from('my') }],
    [
      'no data',
      { payloads: [{ metadata: { encoding: b64('binary/null') } }] },
      { encoding: 'binary/null', data: Buffer.of() },
    ],
  ])('reads %s', (_, value, expected) => {
    const parsed = markerOf({ 'patch-data': value });
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    const [payload] = parsed.event.details['patch-data'] ?? [];
    expect({ encoding: payload?.encoding, data: Buffer.from(payload?.data ?? []) }).toEqual({
      encoding: expected.encoding,
      data: Buffer.from(expected.data),
    });
  });

  it.each<[string, unknown]>([
    ['data that are not base64', { payloads: [{ metadata: JSON_PLAIN, data: '{"id"' }] }],
    ['base64 of impossible length', { payloads: [{ metadata: JSON_PLAIN, data: 'abcde' }] }],
    ['data of another kind', { payloads: [{ metadata: JSON_PLAIN, data: 5 }] }],
    ['an encoding that is not base64', { payloads: [{ metadata: { encoding: '?' }, data: b64('{}') }] }],
    ['an encoding that is not text', { payloads: [{ metadata: { encoding: '/w==' }, data: b64('a') }] }],
    ['readable data without the stored bytes', { payloads: [{ metadata: { encoding: 'binary/plain' }, data: 123 }] }],
    ['readable form without data', { payloads: [{ metadata: { encoding: 'json/plain' } }] }],
    ['payloads of another kind', { payloads: 'x' }],
    ['details of another kind', 'x'],
  ])('keeps a payload that no decoder reads: %s', (_, value) => {
    const parsed = markerOf({ patch_id: value });
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    expect(parsed.event.details.patch_id).toHaveLength(1);
    expect(['json/plain', 'binary/plain', null]).not.toContain(parsed.event.details.patch_id?.[0]?.encoding);
  });

  it('never lets a readable number become another one', () => {
    const text = JSON.stringify({
      ...at,
      eventType: 25,
      markerRecordedEventAttributes: { details: { version: ['N'] } },
    });
    const parsed = parseHistoryEvent(text.replace('"N"', '1.00000000000000000001'));
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    expect(Buffer.from(parsed.event.details.version?.[0]?.data ?? []).toString()).toBe('null');
  });
});

describe('anything', () => {
  it('is an event or has a problem', () => {
    const type = fc.constantFrom<unknown>(...Object.values(EVENT_TYPE_NUMBERS), 'MarkerRecorded', 'X');
    const key = fc.constantFrom(
      'markerRecordedEventAttributes',
      'workflowTaskCompletedEventAttributes',
      'upsertWorkflowSearchAttributesEventAttributes',
    );
    fc.assert(
      fc.property(type, key, fc.jsonValue(), (eventType, attributes, value) => {
        const parsed = parse({ ...at, eventType, [attributes]: value });
        expect('event' in parsed || 'problem' in parsed).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => 'problem' in parseHistoryEvent(text)));
  });

  it('nested deeper than JSON can be written is no reason to fail', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = JSON.stringify({
      ...at,
      eventType: 25,
      markerRecordedEventAttributes: { markerName: 'core_patch', details: { a: ['D'] } },
    });
    expect(parseHistoryEvent(text.replace('"D"', deep))).toHaveProperty('event');
  });
});
