import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInterner } from '#lib/domain/census/intern.ts';
import { shareFacts } from '#lib/domain/census/share-facts.ts';
import { createRateBudget } from '#server/census/rate-budget.ts';
import { readRunFacts } from '#server/census/read-run-facts.ts';
import { addTask, fakeRun } from '#server/census/testing/fake-runs.ts';
import { createFakeTemporal } from '#server/census/testing/fake-temporal.ts';
import { createTestClock } from '#server/census/testing/test-clock.ts';

const anyTask = fc.record({
  buildId: fc.constantFrom('a', 'b'),
  patches: fc.array(fc.constantFrom('p', 'q', 'r'), { maxLength: 2 }),
});

test('facts read on from any point, shared in between, are those of one whole reading', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyTask, { maxLength: 12 }),
      fc.nat(40),
      fc.integer({ min: 1, max: 50 }),
      async (tasks, cut, eventsPerPage) => {
        const clock = createTestClock();
        const temporal = createFakeTemporal(clock);
        temporal.eventsPerPage = eventsPerPage;
        const whole = fakeRun('run');
        for (const task of tasks) addTask(whole, task.patches, task.buildId);
        const begun = { ...whole, events: whole.events.slice(0, cut + 1) };
        const deps = {
          temporal: temporal.port,
          namespace: 'shop',
          budget: createRateBudget(1_000, clock),
          signal: new AbortController().signal,
        };
        const share = (facts: Parameters<typeof shareFacts>[0]) => shareFacts(facts, whole.summary, createInterner());

        temporal.namespaces.set('shop', [begun]);
        const early = share(await readRunFacts(deps, whole.summary, null));
        temporal.namespaces.set('shop', [whole]);
        const late = share(await readRunFacts(deps, whole.summary, early));
        expect(late).toEqual(share(await readRunFacts(deps, whole.summary, null)));
        expect(late.lastEventId).toBe(whole.events.length);
      },
    ),
    { numRuns: 300 },
  );
});
