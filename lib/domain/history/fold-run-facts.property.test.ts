import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { continueRunFacts, createRunFold } from '#lib/domain/history/fold-run-facts.ts';

const name = fc.constantFrom('a', 'b', '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const timeout = maybe(fc.constantFrom(1_000, 60_000));
const worker = fc.record({ buildId: maybe(name), useVersioning: fc.boolean(), deploymentVersion: maybe(name) });
const json = (text: string) => ({ encoding: 'json/plain', data: new TextEncoder().encode(text) });

const events = fc
  .array(
    fc.oneof(
      fc.record({
        type: fc.constant('workflow-execution-started' as const),
        workflowType: name,
        taskQueue: name,
        runTimeoutMs: timeout,
        executionTimeoutMs: timeout,
        firstTaskBackoffMs: fc.constantFrom(0, 500),
        continuedFromRunId: maybe(name),
        workflowId: maybe(name),
        originalRunId: maybe(name),
        inheritedPin: name,
        versioningOverride: name,
      }),
      fc.record({ type: fc.constant('workflow-task-scheduled' as const), taskQueue: name }),
      fc.record({ type: fc.constant('workflow-task-started' as const), identity: name, worker }),
      fc.record({
        type: fc.constant('workflow-task-completed' as const),
        identity: name,
        worker,
        sdk: fc.record({ name: maybe(name), version: maybe(name) }),
        startedEventId: fc.nat(50),
        isPinned: fc.boolean(),
      }),
      fc.record({ type: fc.constant('options-updated' as const), versioningOverride: maybe(name) }),
      fc.record({
        type: fc.constant('workflow-task-failed' as const),
        cause: fc.constantFrom('NON_DETERMINISTIC_ERROR', 'WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW', ''),
        message: name,
        newRunId: maybe(name),
      }),
      fc.record({
        type: fc.constant('marker-recorded' as const),
        markerName: fc.constantFrom('core_patch', 'Version', 'x'),
        details: fc.constantFrom(
          { 'patch-data': [json('{"id":"a","deprecated":false}')] },
          { changeId: [json('"a"')], version: [json('1')] },
          {},
        ),
        workflowTaskCompletedEventId: fc.nat(50),
      }),
      fc.record({
        type: fc.constant('search-attributes-upserted' as const),
        changeVersion: maybe(fc.constantFrom(json('["a","b"]'), json('["c"]'), json('7'))),
        workflowTaskCompletedEventId: fc.nat(50),
      }),
      fc.record({
        type: fc.constant('workflow-execution-closed' as const),
        status: fc.constant('completed' as const),
        newRunId: maybe(name),
      }),
      fc.record({ type: fc.constant('other' as const), name }),
    ),
    { maxLength: 25 },
  )
  .map((bodies) => bodies.map((body, index): HistoryEvent => ({ ...body, eventId: index + 1, timeMs: index * 7 })));

it('going on from known facts is the same as folding the whole history, wherever it is cut', () => {
  fc.assert(
    fc.property(events, fc.array(fc.nat(25), { maxLength: 3 }), (history, cuts) => {
      const whole = createRunFold();
      for (const event of history) whole.add(event);

      const ends = [...cuts, history.length].sort((left, right) => left - right);
      let facts = createRunFold().finish();
      let from = 0;
      for (const end of ends) {
        // Through text, as facts that were kept meanwhile: nothing may hang on identity or hidden state.
        facts = continueRunFacts(JSON.parse(JSON.stringify(facts)), history.slice(from, end));
        from = Math.max(from, end);
      }
      expect(facts).toEqual(whole.finish());
    }),
    { numRuns: 1000 },
  );
});

it('leaves the facts it goes on from as they are', () => {
  fc.assert(
    fc.property(events, fc.nat(25), (history, cut) => {
      const known = continueRunFacts(createRunFold().finish(), history.slice(0, cut));
      const copy = structuredClone(known);
      continueRunFacts(known, history.slice(cut));
      expect(known).toEqual(copy);
    }),
  );
});
