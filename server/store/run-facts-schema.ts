import { z } from 'zod';
import type { RunFacts } from '#lib/domain/census/types.ts';

/**
 * Raised whenever a reading of the same history would say something else than before, in form or in meaning: what was remembered in
 * another form is read again.
 */
export const RUN_FACTS_FORM = 1;

const markerSchema = z.object({
  kind: z.enum(['core', 'version']),
  id: z.string(),
  deprecated: z.boolean().nullable(),
  version: z.number().nullable(),
  eventId: z.number(),
  timeMs: z.number(),
  workflowTaskCompletedEventId: z.number(),
});

const unreadableSchema = z.object({
  eventId: z.number(),
  reason: z.enum([
    'encrypted-or-encoded',
    'not-json',
    'details-missing',
    'id-missing',
    'deprecated-missing',
    'version-missing',
  ]),
});

const taskSchema = z.object({
  completedEventId: z.number().nullable(),
  startedEventId: z.number(),
  timeMs: z.number(),
  taskQueue: z.string(),
  worker: z.object({
    buildId: z.string().nullable(),
    useVersioning: z.boolean(),
    deploymentVersion: z.string().nullable(),
  }),
  sdkName: z.string().nullable(),
  sdkVersion: z.string().nullable(),
});

/** Typed by the domain, so that a field added there is missed here at once. */
export const runFactsSchema: z.ZodType<RunFacts> = z.object({
  workflowId: z.string().nullable(),
  runId: z.string().nullable(),
  workflowType: z.string().nullable(),
  taskQueue: z.string().nullable(),
  startTimeMs: z.number().nullable(),
  sdkName: z.string().nullable(),
  sdkVersion: z.string().nullable(),
  markers: z.array(markerSchema),
  unreadable: z.array(unreadableSchema),
  labels: z.array(z.string()),
  tasks: z.array(taskSchema),
  endsByMs: z.number().nullable(),
  pinnedByWorker: z.string().nullable(),
  versioningOverride: z.string().nullable(),
  lastEventId: z.number(),
  isClosed: z.boolean(),
  nondeterminismFailure: z.object({ message: z.string(), timeMs: z.number() }).nullable(),
});
