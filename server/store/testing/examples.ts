import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { RunFacts } from '#lib/domain/census/types.ts';
import type { PatchSample } from '#server/store/port.ts';

/** Names that break what builds text from them. */
export const HOSTILE = [
  "'; drop table patch; --",
  'a/b',
  '..',
  '"',
  '%_',
  'line\nbreak',
  'nul\0byte',
  '\u202eright-to-left',
  '🧵',
  '__proto__',
] as const;

/** Facts of a run with `tasks` completed workflow tasks, with something in every field that can be null. */
export function exampleFacts(over: Partial<RunFacts> = {}, tasks = 2): RunFacts {
  return {
    workflowId: 'order-1',
    runId: 'run-1',
    workflowType: 'Order',
    taskQueue: 'orders',
    startTimeMs: 1_000,
    sdkName: 'temporal-python',
    sdkVersion: '1.35.0',
    markers: [
      {
        kind: 'core',
        id: 'my-patch',
        deprecated: false,
        version: null,
        eventId: 5,
        timeMs: 1_005,
        workflowTaskCompletedEventId: 4,
      },
    ],
    unreadable: [{ eventId: 6, reason: 'encrypted-or-encoded' }],
    labels: ['my-patch'],
    tasks: Array.from({ length: tasks }, (_, index) => ({
      completedEventId: 4 + index * 3,
      startedEventId: 3 + index * 3,
      timeMs: 1_004 + index,
      taskQueue: 'orders',
      worker: { buildId: '1.0', useVersioning: false, deploymentVersion: 'shop:1.0' },
      sdkName: 'temporal-python',
      sdkVersion: '1.35.0',
    })),
    endsByMs: 9_000,
    pinnedByWorker: 'shop:1.0',
    versioningOverride: 'auto-upgrade',
    lastEventId: 6,
    isClosed: false,
    nondeterminismFailure: { message: 'TMPRL1100', timeMs: 1_006 },
    ...over,
  };
}

export function exampleSample(over: Partial<PatchSample> = {}): PatchSample {
  return {
    kind: 'core',
    id: 'my-patch',
    workflowType: 'Order',
    hourMs: 0,
    openRuns: 7,
    live: 3,
    deprecated: 2,
    withoutMarker: 2,
    versions: {},
    ...over,
  };
}

/** JSON of a verdict with nothing in it. */
export function exampleBody(question: Verdict['question'] = 'deprecate'): string {
  const verdict: Verdict = {
    question,
    min: null,
    workflowType: null,
    source: 'asked',
    answer: 'unknown',
    reasons: [],
    notes: [],
    classes: {
      'marker-live': 0,
      'may-hold-old-branch': 0,
      'label-full': 0,
      'version-refused': 0,
      unknown: 0,
      'marker-deprecated': 0,
      'version-kept': 0,
      survived: 0,
      'not-reached': 0,
      proven: 0,
      'no-task-yet': 0,
      fenced: 0,
    },
    wait: null,
    evidence: { from: null, to: null, policy: 'open', historiesRead: 0, runsConsidered: 0, calls: 0 },
    isStoppedAtBlocker: false,
    validUntil: null,
    lastClosedLeaves: null,
    assumptions: [],
    contradictions: [],
    byType: [],
  };
  return JSON.stringify(verdict);
}
