import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { temporal } from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { createRunFold } from '#lib/domain/history/fold-run-facts.ts';
import { decodeHistoryBinary } from '#server/temporal/history-binary.ts';
import { EVENT_TYPE_NUMBERS } from '#server/temporal/history-json-enums.ts';
import { parseHistoryEvent } from '#server/temporal/history-json.ts';
import { at, parseEvent, parseMarker } from '#server/temporal/testing/json-event.ts';

function fixture(name: string): Record<string, unknown>[] {
  return JSON.parse(readFileSync(`e2e/fixtures/histories/${name}`, 'utf8')).events;
}

describe('a recorded history', () => {
  it('becomes events', () => {
    const events = fixture('go-version.json').map(parseEvent);
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
      .map(parseEvent)
      .flatMap((parsed) =>
        'event' in parsed && parsed.event.type === 'workflow-task-scheduled' ? [parsed.event.taskQueue] : [],
      );
    expect(queues).toEqual(['go-plain', 'go-plain']);
  });

  it('tells the same of a run as its binary form', () => {
    const [fromJson, fromBinary] = [createRunFold(), createRunFold()];
    for (const json of fixture('python-patched.json')) {
      const parsed = parseEvent(json);
      if ('event' in parsed) fromJson.add(parsed.event);
    }
    const bytes = readFileSync('e2e/fixtures/histories/python-patched.bin');
    for (const event of decodeHistoryBinary(bytes)) fromBinary.add(event);
    expect(fromJson.finish()).toEqual(fromBinary.finish());
  });

  it('says why a task failed', () => {
    expect(parseEvent(fixture('cli-removed-failing.json').at(-1) ?? {})).toMatchObject({
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
    expect(parseMarker({}, eventType)).toMatchObject({ event: { type: 'marker-recorded', eventId: 5 } });
  });

  it.each([
    ['EVENT_TYPE_NEXUS_OPERATION_STARTED', 'NEXUS_OPERATION_STARTED'],
    ['WorkflowTaskTimedOut', 'WORKFLOW_TASK_TIMED_OUT'],
    [4711, '4711'],
    ['__proto__', '__PROTO__'],
    ['toString', 'TO_STRING'],
  ])('takes %j for another type', (eventType, name) => {
    expect(parseEvent({ ...at, eventType })).toMatchObject({ event: { type: 'other', name } });
  });
});

describe('ids and times', () => {
  it.each([5, '5'])('reads the event id %j', (eventId) => {
    expect(parseEvent({ ...at, eventId, eventType: 'X' })).toMatchObject({ event: { eventId: 5 } });
  });

  it.each([0, -1, 1.5, '05', '5.0', ' 5', 1e300, null, undefined, true, [5]])('refuses the event id %j', (eventId) => {
    expect(parseEvent({ ...at, eventId, eventType: 'X' })).toEqual({ problem: expect.stringContaining('eventId') });
  });

  it('cuts times to milliseconds and minds their zone', () => {
    const timeMs = Date.UTC(2023, 4, 1, 10, 0, 0, 123);
    expect(parseEvent({ ...at, eventType: 'X' })).toMatchObject({ event: { timeMs } });
    const local = { ...at, eventTime: '2023-05-01T12:00:00.123+02:00' };
    expect(parseEvent({ ...local, eventType: 'X' })).toMatchObject({ event: { timeMs } });
  });

  it.each([undefined, 1, '', 'yesterday', '2023', '2023-13-01T00:00:00Z', '2023-05-01'])(
    'refuses the time %j',
    (eventTime) => {
      expect(parseEvent({ ...at, eventTime, eventType: 'X' })).toEqual({
        problem: expect.stringContaining('eventTime'),
      });
    },
  );

  it('refuses an event without type, a marker without its part, and what is no object', () => {
    expect(parseEvent(at)).toEqual({ problem: 'has no eventType' });
    expect(parseEvent({ ...at, eventType: 'MarkerRecorded' })).toEqual({
      problem: 'is of type MARKER_RECORDED and has no markerRecordedEventAttributes',
    });
    expect(parseMarker({}, 'EVENT_TYPE_MARKER_X')).toEqual({
      problem: 'is of type MARKER_X and has markerRecordedEventAttributes',
    });
    expect(parseHistoryEvent('[]')).toHaveProperty('problem');
    expect(parseHistoryEvent(`{"eventId":1,"eventId":2}`)).toHaveProperty('problem');
  });
});

describe('workers', () => {
  const completedWith = (attributes: object) =>
    parseEvent({ ...at, eventType: 'WorkflowTaskCompleted', workflowTaskCompletedEventAttributes: attributes });

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
        const parsed = parseEvent({ ...at, eventType, [attributes]: value });
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
