import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTemporal } from '#server/temporal/client.ts';

/** Six connections' lives at `frontend.keepAliveMaxConnectionAge: 2s`. */
const READ_FOR_MS = 12_000;
/** Together below the frontend's limits of calls a second, and always some under way when a connection ends. */
const READERS = 4;
const PAUSE_MS = 10;

test('a server that ends its connections every two seconds is not seen by who reads', async () => {
  const address = process.env.PATCHBOARD_TEST_ADDRESS_CHURN;
  if (!address) throw new Error('PATCHBOARD_TEST_ADDRESS_CHURN must name a Temporal server; `npm test` starts one.');
  const temporal = createTemporal({ address, namespace: 'default', apiKey: null, tls: null, metadata: {} });
  const untilMs = performance.now() + READ_FOR_MS;
  let reads = 0;
  const failures: unknown[] = [];
  async function read(): Promise<void> {
    while (performance.now() < untilMs) {
      await temporal.getServerInfo().then(
        () => (reads += 1),
        (error: unknown) => failures.push(error),
      );
      await pause(PAUSE_MS);
    }
  }
  await Promise.all(Array.from({ length: READERS }, read));
  temporal.close();
  expect(failures).toEqual([]);
  expect(reads).toBeGreaterThan(1_000);
});
