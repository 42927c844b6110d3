import { expect, it } from 'vitest';
import { queueText } from '#server/cli/queue-text.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';

it('prints lanes that a person can read, queue default and set default first', async () => {
  const fake = createFakeTemporal();
  const nowMs = Date.UTC(2026, 10, 23);
  const sets = fake.sets('orders\u202e');
  sets.apply({ kind: 'add-new-default', buildId: 'deadbeef' });
  sets.apply({
    kind: 'add-new-compatible',
    newBuildId: 'deadbeef.1',
    existingBuildId: 'deadbeef',
    asQueueDefault: false,
  });
  sets.apply({ kind: 'add-new-default', buildId: 'cafe' });
  fake.countRuns = (query) => (query.includes('cafe') ? 1_014 : 1);
  const worker = { taskKind: 'workflow', deploymentVersion: null, lastPollMs: nowMs - 30_000 } as const;
  fake.pollers.push({ ...worker, identity: '1@host', buildId: 'cafe', useVersioning: true });
  fake.pollers.push({ ...worker, identity: '2@host', buildId: 'stranger', useVersioning: true });
  const ctx = testCtx(fake.port, { now: () => nowMs });
  const queue = await getTaskQueue(ctx, { namespace: 'ns', name: 'orders\u202e' });

  expect(queueText(queue)).toBe(
    [
      String.raw`Task queue orders\u{202e}`,
      '',
      'Set 1 of 2: queue default, takes new runs, 1,014 open runs',
      'BUILD ID  ROLE         OPEN RUNS TOUCHED  WORKERS  LAST POLL',
      'cafe      set default              1,014        1  30 s ago',
      '- cafe: Takes all new runs and finishes 1,014 open runs.',
      '',
      'Set 2 of 2: takes no new runs, 1 open run',
      'BUILD ID    ROLE         OPEN RUNS TOUCHED  WORKERS  LAST POLL',
      'deadbeef.1  set default                  ?        0  none seen',
      'deadbeef    superseded                   ?        0  none seen',
      '! deadbeef.1: Finishes 1 open run, but no worker polls with it: it waits.',
      '',
      'Unversioned: 1 open run, 0 workers, last poll none seen',
      '',
      'Polling with a build ID that is in no set, and getting nothing:',
      'BUILD ID  WORKER  TASKS     LAST POLL',
      'stranger  2@host  workflow  30 s ago',
      '',
      `Digest ${queue.digest}`,
      '',
    ].join('\n'),
  );
});

it('tells a queue without sets from a namespace that may not have any', async () => {
  const ctx = testCtx(createFakeTemporal().port);
  const queue = await getTaskQueue(ctx, { namespace: 'ns', name: 'q' });
  expect(queueText(queue)).toContain('No version sets');
  expect(queueText({ ...queue, family: 'off' })).toContain('frontend.workerVersioningDataAPIs');
});
