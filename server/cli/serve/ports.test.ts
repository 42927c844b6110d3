import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { checkPort, portProblem } from '#server/cli/serve/check-port.ts';
import { freePort, untilListening, whyNotListen } from '#server/cli/serve/ports.ts';

const HOST = '127.0.0.1';

async function listening(port: number) {
  const server = createServer().listen(port, HOST);
  await once(server, 'listening');
  return { [Symbol.asyncDispose]: async () => void (await new Promise((resolve) => server.close(resolve))) };
}

test('a taken port is refused with another port to try, and is free again afterwards', async () => {
  const port = await freePort(HOST);
  {
    await using _ = await listening(port);
    expect(await whyNotListen(HOST, port)).toBe('EADDRINUSE');
    await expect(checkPort(HOST, port)).rejects.toMatchObject({
      message: `port ${port} on ${HOST} is taken by another program.`,
      hint: expect.stringContaining(`PATCHBOARD_PORT=`),
    });
  }
  await checkPort(HOST, port);
});

test('the suggested port exists also for the last one', () => {
  expect(portProblem(HOST, 65_535, 'EADDRINUSE').hint).toContain('PATCHBOARD_PORT=65534');
});

test('an address of another machine is told apart from a taken port', async () => {
  // 192.0.2.0/24 belongs to nobody (RFC 5737).
  await expect(checkPort('192.0.2.1', 3000)).rejects.toThrow('192.0.2.1 is no address of this machine');
});

test('waits until somebody listens, or until told to stop', async () => {
  const port = await freePort(HOST);
  await expect(untilListening(HOST, port, AbortSignal.timeout(120))).rejects.toThrow();
  const waiting = untilListening(HOST, port, AbortSignal.timeout(10_000));
  await using _ = await listening(port);
  await waiting;
});
