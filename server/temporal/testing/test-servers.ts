import { expect } from 'vitest';
import { isCodedError } from '#server/errors.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The real servers that the harness started: the newest always, an older one where it is given. */
export function testServers(env: Env): readonly (readonly [name: string, address: string])[] {
  const { PATCHBOARD_TEST_ADDRESS: newest, PATCHBOARD_TEST_ADDRESS_OLD: older } = env;
  if (!newest) throw new Error('PATCHBOARD_TEST_ADDRESS must name a Temporal server; `npm test` starts one.');
  return [['the newest server', newest], ...(older ? [['an older server', older] as const] : [])];
}

export function connectPort(address: string): TemporalPort {
  return createTemporal({ address, namespace: 'default', apiKey: null, tls: null, metadata: {} });
}

/** The code of a call that must fail. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => expect.unreachable('the call should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!isCodedError(error)) throw error;
  return error.code;
}
