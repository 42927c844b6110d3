import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildTemporal, keptTemporal } from '#server/cli/demo/get-temporal.ts';

let root: string;
let cache: string;
const { signal } = new AbortController();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchboard-go-'));
  cache = join(root, 'cache');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Environment in which `go` is this shell script. */
async function withGo(script: string) {
  await mkdir(join(root, 'bin'));
  await writeFile(join(root, 'bin', 'go'), `#!/bin/sh\n${script}\n`);
  await chmod(join(root, 'bin', 'go'), 0o755);
  return { PATH: `${join(root, 'bin')}:/bin:/usr/bin` };
}

test.skipIf(process.platform === 'win32')(
  'what go leaves comes to its place whole, under its pinned version',
  async () => {
    const env = await withGo('printf "%s" "$*" > "$GOBIN/temporal" && chmod +x "$GOBIN/temporal"');
    expect(await buildTemporal({ folder: cache, env, signal })).toEqual({ path: keptTemporal(cache) });
    const asked = await readFile(keptTemporal(cache), 'utf8');
    expect(asked).toBe('install github.com/temporalio/cli/cmd/temporal@v1.5.1');
    expect(await readdir(cache)).toEqual(['temporal-cli-1.5.1']);
  },
);

test.skipIf(process.platform === 'win32')('a failure is told in one line and leaves nothing half-done', async () => {
  const env = await withGo('echo first >&2; echo "go: dial tcp: no such host" >&2; echo >&2; exit 1');
  expect(await buildTemporal({ folder: cache, env, signal })).toEqual({ problem: 'go: dial tcp: no such host' });
  expect(await readdir(cache)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('told to end, it ends go and throws', async () => {
  const env = await withGo('exec sleep 60');
  const building = buildTemporal({ folder: cache, env, signal: AbortSignal.timeout(200) });
  await expect(building).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await readdir(cache)).toEqual([]);
});

test('without go it says so', async () => {
  expect(await buildTemporal({ folder: cache, env: { PATH: root }, signal })).toEqual({ problem: 'go is not on PATH' });
});
