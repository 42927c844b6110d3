import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWireTap, type WireTap } from '#e2e/faults/wire-tap.ts';
import { startSyntheticFrontend, type SyntheticFrontend } from '#e2e/scale/synthetic-frontend.ts';

const INVALID_ARGUMENT = 3;

let frontend: SyntheticFrontend;
let tap: WireTap;
let connection: Connection;
beforeAll(async () => {
  frontend = await startSyntheticFrontend({
    handlers: {
      GetSystemInfo: () => ({}),
      GetWorkerBuildIdCompatibility: () => ({ majorVersionSets: [{ buildIds: ['a'] }] }),
      UpdateWorkerBuildIdCompatibility: ({ taskQueue }) =>
        taskQueue === 'refused' ? { fault: 'status', code: INVALID_ARGUMENT, message: 'no' } : {},
    },
  });
  tap = await startWireTap(frontend.address);
  connection = await Connection.connect({ address: tap.address });
});
afterAll(async () => {
  await connection?.close();
  await tap?.[Symbol.asyncDispose]();
  await frontend?.[Symbol.asyncDispose]();
});

const kindsOf = (taskQueue: string) => tap.callsOf(taskQueue).map(({ kind, isOk }) => [kind, isOk]);
const namespace = 'ns';

describe('the tap', () => {
  it('tells readings of a queue from changes, each of the five, and another queue from it', async () => {
    const { workflowService } = connection;
    const taskQueue = 'q "ü"';
    await workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue });
    await workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue, maxSets: 1 });
    const changes = [
      { addNewBuildIdInNewDefaultSet: 'a' },
      { addNewCompatibleBuildId: { newBuildId: 'a2', existingCompatibleBuildId: 'a', makeSetDefault: true } },
      { promoteSetByBuildId: 'a' },
      { promoteBuildIdWithinSet: 'x'.repeat(200) },
      { mergeSets: { primarySetBuildId: 'a', secondarySetBuildId: 'b' } },
    ];
    for (const change of changes) {
      await workflowService.updateWorkerBuildIdCompatibility({ namespace, taskQueue, ...change });
    }
    await workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue: 'another' });
    const writes = changes.map(() => ['write', true]);
    expect(kindsOf(taskQueue)).toEqual([['read', true], ['read', true], ...writes]);
    expect(kindsOf('another')).toEqual([['read', true]]);
    for (const { atMs, answeredMs } of tap.callsOf(taskQueue)) expect(answeredMs).toBeGreaterThanOrEqual(atMs);
  });

  it('tells a refusal from a success', async () => {
    const refused = { namespace, taskQueue: 'refused', promoteSetByBuildId: 'a' };
    await expect(connection.workflowService.updateWorkerBuildIdCompatibility(refused)).rejects.toThrow('no');
    expect(kindsOf('refused')).toEqual([['write', false]]);
    expect(tap.callsOf('refused')[0]?.answeredMs).not.toBeNull();
  });

  it('counts each of many calls at once', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `many-${index % 4}`);
    await Promise.all(
      many.map((taskQueue) => connection.workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue })),
    );
    expect(['many-0', 'many-1', 'many-2', 'many-3'].map((queue) => tap.callsOf(queue).length)).toEqual([
      50, 50, 50, 50,
    ]);
  });
});
