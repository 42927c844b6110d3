import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, whyNotListen } from '#server/cli/serve/ports.ts';
import { serveApp, urlOf } from '#server/cli/serve/served-app.ts';

const HOST = '127.0.0.1';

/** Stands in for Next's `server.js`: changes its folder at once, prints a banner, then listens. */
const SERVER = `
  process.chdir(__dirname);
  console.log('   a banner');
  const answer = () => JSON.stringify({ folder: process.cwd(), hostname: process.env.HOSTNAME });
  require('node:http').createServer((_, response) => response.end(answer())).listen(+process.env.PORT, process.env.HOSTNAME);
  console.log('{"level":"info"}');
`;

let folder: string;
let port: number;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-standalone-'));
  port = await freePort(HOST);
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function serve(source: string, signal = new AbortController().signal) {
  await writeFile(join(folder, 'server.js'), source);
  const writeLog = (line: string) => void lines.push(line);
  return serveApp({ folder, host: HOST, port, env: { ...process.env, HOSTNAME: 'a-container' }, writeLog, signal });
}

describe('serveApp', () => {
  test('answers where it was told to, in the folder of the user, and leaves no port', async () => {
    const app = await serve(SERVER);
    expect(app.url).toBe(`http://${HOST}:${port}`);
    expect(await (await fetch(app.url)).json()).toEqual({ folder: process.cwd(), hostname: HOST });
    await app.stop();
    expect(await whyNotListen(HOST, port)).toBeNull();
    expect(lines).toEqual(['{"level":"info"}']);
  });

  test('a server that ends before it answers is told with its own words', async () => {
    const broken = "console.error('no such table'); process.exit(4);";
    await expect(serve(broken)).rejects.toThrow('the server ended (exit code 4):\nno such table');
  });

  test('a server that ends later says how', async () => {
    const app = await serve(`${SERVER}; process.on('SIGTERM', () => process.exit(5));`);
    await app.stop();
    expect(await app.ended).toEqual({ isSuccess: false, how: 'exit code 5' });
  });

  test('told to end while it starts, it leaves nothing behind', async () => {
    const never = "require('node:net').createServer().listen(+process.env.PORT, '127.0.0.1');";
    await expect(serve(never, AbortSignal.timeout(300))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await whyNotListen(HOST, port)).toBeNull();
  });
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['[::1]', 'http://[::1]:3000'],
  ['fe80::1', 'http://[fe80::1]:3000'],
  ['board.example', 'http://board.example:3000'],
])('%s is opened as %s', (host, url) => {
  expect(urlOf(host, 3000)).toBe(url);
});
