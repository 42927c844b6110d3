import { z } from 'zod';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import { parsedAs } from '#server/parsed-as.ts';

/**
 * Raised whenever a reading of the same history would say something else than before, in form or in meaning: what was remembered in
 * another form is read again.
 */
export const RUN_FACTS_FORM = 2;

/** Lists without names: ten thousand runs are written within seconds, and names would be most of the text. */
const markerSchema = z.tuple([
  z.enum(['core', 'version']),
  z.string(),
  z.boolean().nullable(),
  z.number().nullable(),
  z.number(),
  z.number(),
  z.number(),
]);

const unreadableSchema = z.tuple([
  z.number(),
  z.enum([
    'encrypted-or-encoded',
    'not-json',
    'details-missing',
    'id-missing',
    'deprecated-missing',
    'version-missing',
  ]),
]);

const taskSchema = z.tuple([
  z.number().nullable(),
  z.number(),
  z.number(),
  z.string(),
  z.string().nullable(),
  z.boolean(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
]);

const factsSchema = z.tuple([
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.number().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.array(markerSchema),
  z.array(unreadableSchema),
  z.array(z.string()),
  z.array(taskSchema),
  z.number().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.boolean(),
  z.tuple([z.string(), z.number()]).nullable(),
]);

type Written = z.output<typeof factsSchema>;

/** As text of `RUN_FACTS_FORM`. */
export function encodeRunFacts(facts: RunFacts): string {
  const { nondeterminismFailure: failure } = facts;
  const written: Written = [
    facts.workflowId,
    facts.runId,
    facts.workflowType,
    facts.taskQueue,
    facts.startTimeMs,
    facts.sdkName,
    facts.sdkVersion,
    facts.markers.map(fromMarker),
    facts.unreadable.map(({ eventId, reason }) => [eventId, reason]),
    [...facts.labels],
    facts.tasks.map(fromTask),
    facts.endsByMs,
    facts.pinnedByWorker,
    facts.versioningOverride,
    facts.lastEventId,
    facts.isClosed,
    failure && [failure.message, failure.timeMs],
  ];
  return JSON.stringify(written);
}

/** null: it is not what `encodeRunFacts` writes, as in a file edited by hand. */
export function decodeRunFacts(text: string): RunFacts | null {
  const written = parsedAs(factsSchema, text);
  if (written === null) return null;
  const [workflowId, runId, workflowType, taskQueue, startTimeMs, sdkName, sdkVersion, markers, ...rest] = written;
  const [unreadable, labels, tasks, endsByMs, pinnedByWorker, versioningOverride, lastEventId, isClosed, failure] =
    rest;
  return {
    workflowId,
    runId,
    workflowType,
    taskQueue,
    startTimeMs,
    sdkName,
    sdkVersion,
    markers: markers.map(toMarker),
    unreadable: unreadable.map(([eventId, reason]) => ({ eventId, reason })),
    labels,
    tasks: tasks.map(toTask),
    endsByMs,
    pinnedByWorker,
    versioningOverride,
    lastEventId,
    isClosed,
    nondeterminismFailure: failure && { message: failure[0], timeMs: failure[1] },
  };
}

function fromMarker(marker: PatchMarker): z.output<typeof markerSchema> {
  const { kind, id, deprecated, version, eventId, timeMs, workflowTaskCompletedEventId } = marker;
  return [kind, id, deprecated, version, eventId, timeMs, workflowTaskCompletedEventId];
}

function toMarker(written: z.output<typeof markerSchema>): PatchMarker {
  const [kind, id, deprecated, version, eventId, timeMs, workflowTaskCompletedEventId] = written;
  return { kind, id, deprecated, version, eventId, timeMs, workflowTaskCompletedEventId };
}

function fromTask(task: TaskFact): z.output<typeof taskSchema> {
  const { completedEventId, startedEventId, timeMs, taskQueue, worker, sdkName, sdkVersion } = task;
  const { buildId, useVersioning, deploymentVersion } = worker;
  return [
    completedEventId,
    startedEventId,
    timeMs,
    taskQueue,
    buildId,
    useVersioning,
    deploymentVersion,
    sdkName,
    sdkVersion,
  ];
}

function toTask(written: z.output<typeof taskSchema>): TaskFact {
  const [completedEventId, startedEventId, timeMs, taskQueue, buildId, useVersioning, deploymentVersion, ...sdk] =
    written;
  const [sdkName, sdkVersion] = sdk;
  const worker = { buildId, useVersioning, deploymentVersion };
  return { completedEventId, startedEventId, timeMs, taskQueue, worker, sdkName, sdkVersion };
}
