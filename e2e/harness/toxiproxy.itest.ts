import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './ports.ts';
import { type Lane, startToxiproxy, type Toxiproxy } from './toxiproxy.ts';

const SHORT_MS = 300;

let toxiproxy: Toxiproxy;
let target: string;
/** What arrived at the server, of all connections. */
let arrived = '';
/** Answers each piece that arrives with itself. */
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    arrived += bytes.toString();
    socket.write(bytes);
  });
});

beforeAll(async () => {
  const port = await freePort();
  target = `127.0.0.1:${port}`;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  toxiproxy = await startToxiproxy();
});
afterAll(async () => {
  await toxiproxy?.[Symbol.asyncDispose]();
  server.close();
});

interface Client {
  readonly socket: Socket;
  heard: string;
  /** Code of the error that ended it; `closed` for an orderly end. */
  end: string | null;
}

async function open(lane: Lane): Promise<Client> {
  const socket = connect(Number(lane.address.split(':')[1]), '127.0.0.1');
  const client: Client = { socket, heard: '', end: null };
  socket.on('data', (bytes) => void (client.heard += bytes.toString()));
  socket.on('error', (error: NodeJS.ErrnoException) => void (client.end = error.code ?? error.message));
  socket.on('close', () => void (client.end ??= 'closed'));
  await new Promise<void>((resolve) => void socket.once('connect', resolve).once('close', resolve));
  return client;
}

async function fresh(): Promise<{ lane: Lane; client: Client }> {
  arrived = '';
  const lane = await toxiproxy.openLane(target);
  const client = await open(lane);
  client.socket.write('a');
  await expect.poll(() => client.heard).toBe('a');
  return { lane, client };
}

describe('a lane', () => {
  it('holds what is sent, and gives it on in order when healed', async () => {
    const { lane, client } = await fresh();
    await lane.hold('up');
    client.socket.write('b');
    await sleep(SHORT_MS);
    expect([arrived, client.heard]).toEqual(['a', 'a']);
    client.socket.write('c');
    await lane.heal();
    await expect.poll(() => client.heard).toBe('abc');
    client.socket.destroy();
  });

  it('holds the answer to what arrived', async () => {
    const { lane, client } = await fresh();
    await lane.hold('down');
    client.socket.write('b');
    await expect.poll(() => arrived).toBe('ab');
    await sleep(SHORT_MS);
    expect(client.heard).toBe('a');
    await lane.heal();
    await expect.poll(() => client.heard).toBe('ab');
    client.socket.destroy();
  });

  it('delays by as much as it is told', async () => {
    const { lane, client } = await fresh();
    await lane.delay('down', SHORT_MS);
    const sentMs = performance.now();
    client.socket.write('b');
    await expect.poll(() => client.heard, { interval: 5 }).toBe('ab');
    expect(performance.now() - sentMs).toBeGreaterThanOrEqual(SHORT_MS - 5);
    client.socket.destroy();
  });

  it('resets at once, with what is on the way, and new connections with their first byte', async () => {
    const { lane, client } = await fresh();
    await lane.hold('down');
    client.socket.write('b');
    await expect.poll(() => arrived).toBe('ab');
    await lane.reset();
    await expect.poll(() => client.end).toBe('ECONNRESET');
    expect(client.heard).toBe('a');
    const next = await open(lane);
    next.socket.write('c');
    await expect.poll(() => next.end).toBe('ECONNRESET');
    expect(arrived).toBe('ab');
    await lane.heal();
    const again = await open(lane);
    again.socket.write('d');
    await expect.poll(() => again.heard).toBe('d');
    again.socket.destroy();
  });

  it('is shut with what is on the way, and refuses until it is healed', async () => {
    const { lane, client } = await fresh();
    await lane.hold('up');
    client.socket.write('b');
    await lane.shut();
    await expect.poll(() => client.end).not.toBeNull();
    expect((await open(lane)).end).toBe('ECONNREFUSED');
    await lane.heal();
    const again = await open(lane);
    again.socket.write('c');
    await expect.poll(() => again.heard).toBe('c');
    expect(arrived).toBe('ac');
    again.socket.destroy();
  });
});
