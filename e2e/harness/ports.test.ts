import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from './ports.ts';
import { isListening } from './wait.ts';

it('finds different ports that nobody listens on and that can be taken', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) expect(await isListening(port)).toBe(false);
  const [port] = ports;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(port === undefined ? undefined : await isListening(port)).toBe(true);
  server.close();
});
