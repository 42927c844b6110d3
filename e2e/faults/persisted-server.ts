import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIFTED_LIMITS } from '#e2e/faults/lifted-limits.ts';
import { launchDevServer } from '#e2e/harness/dev-server.ts';
import { registerNamespaces } from '#e2e/harness/namespaces.ts';
import { freePorts } from '#e2e/harness/ports.ts';
import type { ManagedProcess } from '#e2e/harness/process.ts';
import { temporalBinary } from '#e2e/harness/temporal-binaries.ts';
import { VERSIONING_GATES } from '#e2e/harness/temporal-config.ts';
import { isListening, waitFor } from '#e2e/harness/wait.ts';

/** Temporal 1.29.1 with its data in a file: it can end and come back as itself. */
export interface PersistedServer extends AsyncDisposable {
  /** host:port, the same after every start. */
  readonly address: string;
  /** SIGKILL: what it was doing is done no further. */
  readonly kill: () => Promise<void>;
  /** Resolves when it listens; it may still refuse calls for a moment. */
  readonly start: () => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

export async function startPersistedServer(): Promise<PersistedServer> {
  const binary = await temporalBinary('old');
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-temporal-'));
  const [frontend = 0, http = 0, metrics = 0] = await freePorts(3);
  let managed: ManagedProcess | undefined;

  const start = async () => {
    const started = launchDevServer({
      binary,
      folder,
      ports: { frontend, http, metrics },
      config: { ...VERSIONING_GATES, ...LIFTED_LIMITS },
      databaseFile: join(folder, 'temporal.db'),
    });
    managed = started;
    await waitFor(async () => (await isListening(frontend)) || undefined, {
      what: `${started.name} listening on 127.0.0.1:${frontend}`,
      timeoutMs: START_TIMEOUT_MS,
      isHopeless: started.whyEnded,
    });
  };
  const kill = async () => managed?.end();
  const dispose = async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
    await registerNamespaces(`127.0.0.1:${frontend}`, ['default']);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { address: `127.0.0.1:${frontend}`, kill, start, [Symbol.asyncDispose]: dispose };
}
