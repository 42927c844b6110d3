import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { startProcess } from './process.ts';
import { waitFor } from './wait.ts';

export interface AppOptions {
  /** host:port of the Temporal frontend. */
  readonly address: string;
  /** More settings, as `patchboard serve` takes them. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface App extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** Process id of `patchboard serve`. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** The production build may have to be made first. */
const START_TIMEOUT_MS = 5 * 60_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** `patchboard serve` ends its streams and writes what it holds within 25 s. */
const GRACE_MS = 30_000;

const ROOT = join(import.meta.dirname, '..', '..');

/** Patchboard as its users run it: the production build, on a free port, with a store of its own. */
export async function startPatchboard({ address, env = {} }: AppOptions): Promise<App> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-app-'));
  const configFile = join(folder, 'temporal.toml');
  // The developer's own profiles must not decide where the tests connect to.
  writeFileSync(configFile, '[profile.default]\n');
  const managed = startProcess({
    name: 'patchboard serve',
    command: process.execPath,
    args: [join(ROOT, 'server/cli/main.ts'), 'serve'],
    cwd: ROOT,
    env: {
      TEMPORAL_CONFIG_FILE: configFile,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: 'default',
      PATCHBOARD_HOST: '127.0.0.1',
      PATCHBOARD_PORT: String(port),
      PATCHBOARD_DATABASE_URL: join(folder, 'store.db'),
      ...env,
    },
    logFile: join(folder, 'serve.log'),
    graceMs: GRACE_MS,
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await managed.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(() => isHealthy(url), {
      what: `${url}/healthz answering`,
      timeoutMs: START_TIMEOUT_MS,
      isHopeless: managed.whyEnded,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: managed.pid, stop, [Symbol.asyncDispose]: stop };
}

async function isHealthy(url: string): Promise<true | undefined> {
  const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  return response.ok ? true : undefined;
}
