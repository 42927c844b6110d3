import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';

/** Pause between two questions to a server that is still coming up (its default namespace is registered last). */
const ASK_EVERY_MS = 100;
/** One question to a server on loopback. */
const ANSWER_LIMIT_MS = 5_000;

/** gRPC status codes by which a server says that the gate is shut, or that the family is gone (grpc/doc/statuscodes.md). */
const REFUSALS = new Map<unknown, string>([
  [7, 'PERMISSION_DENIED'],
  [12, 'UNIMPLEMENTED'],
]);

/**
 * Asks for version sets until the server gives an answer: null when it gives them, else how it refused. The gates are in no
 * describe call, so calling is the only way to know. Rejects when `signal` aborts.
 */
export async function whyNoVersionSets(address: string, signal: AbortSignal): Promise<string | null> {
  const { Connection } = await import('@temporalio/client');
  const connection = Connection.lazy({ address });
  try {
    for (;;) {
      const answer = await askOnce(connection);
      if (answer === 'on') return null;
      if (answer !== 'not-ready') return `its server refuses version sets (${answer})`;
      await sleep(ASK_EVERY_MS, undefined, { signal });
    }
  } finally {
    await connection.close();
  }
}

async function askOnce(connection: Connection): Promise<string> {
  const question = { namespace: 'default', taskQueue: 'patchboard-demo-probe' };
  try {
    await connection.withDeadline(Date.now() + ANSWER_LIMIT_MS, () =>
      connection.workflowService.getWorkerBuildIdCompatibility(question),
    );
    return 'on';
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return REFUSALS.get(code) ?? 'not-ready';
  }
}
