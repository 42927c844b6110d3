import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDevServer } from './dev-server.ts';
import { HOSTILE_NAMESPACES, registerNamespaces } from './namespaces.ts';
import { freePorts } from './ports.ts';
import { type ManagedProcess, startProcess } from './process.ts';
import { temporalBinary, type TemporalVersion } from './temporal-binaries.ts';
import { type DynamicConfig, dynamicConfigYaml, serverConfig, VERSIONING_GATES } from './temporal-config.ts';
import { isListening, waitFor } from './wait.ts';

export interface TemporalServerOptions {
  readonly version: TemporalVersion;
  /** Added to the versioning gates, which are on. */
  readonly dynamicConfig?: DynamicConfig;
  /** Registered beside `default` and the hostile ones. */
  readonly namespaces?: readonly string[];
}

export interface TemporalServer extends AsyncDisposable {
  /** host:port of the frontend. */
  readonly address: string;
  readonly pid: number;
  /** Every port it listens on. */
  readonly ports: readonly number[];
  /**
   * Replaces the dynamic configuration (the versioning gates included) and resolves once the running server has read it, which
   * takes up to 5 s. Only the newest server can: the old one gets its configuration from its command line.
   */
  readonly setDynamicConfig: (config: DynamicConfig) => Promise<void>;
}

interface Launched {
  readonly managed: ManagedProcess;
  readonly frontend: number;
  readonly ports: readonly number[];
  readonly setDynamicConfig: (config: DynamicConfig) => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Twice the server's polling, and room for a busy machine. */
const RELOAD_TIMEOUT_MS = 20_000;

/** A real Temporal server, data in memory, loopback only, version sets on; usable in every namespace when this resolves. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const binary = await temporalBinary(options.version);
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-temporal-'));
  const config = { ...VERSIONING_GATES, ...options.dynamicConfig };
  const launch = options.version === 'newest' ? launchServer : launchOld;
  const { managed, frontend, ports, setDynamicConfig } = await launch(binary, folder, config);
  const address = `127.0.0.1:${frontend}`;
  const dispose = async (): Promise<void> => {
    await managed.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(async () => (await isListening(frontend)) || undefined, {
      what: `${managed.name} listening on ${address}`,
      timeoutMs: START_TIMEOUT_MS,
      isHopeless: managed.whyEnded,
    });
    await registerNamespaces(address, ['default', ...HOSTILE_NAMESPACES, ...(options.namespaces ?? [])]);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { address, pid: managed.pid, ports, setDynamicConfig, [Symbol.asyncDispose]: dispose };
}

/** The server as operators run it: four services, production limits, configuration in files. */
async function launchServer(binary: string, folder: string, config: DynamicConfig): Promise<Launched> {
  const [frontend = 0, http = 0, matching = 0, history = 0, worker = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0] =
    await freePorts(9);
  const configFile = join(folder, 'server.yaml');
  const dynamicFile = join(folder, 'dynamic.yaml');
  const logFile = join(folder, 'server.log');
  writeFileSync(dynamicFile, dynamicConfigYaml(config));
  const membership = [m1, m2, m3, m4] as const;
  writeFileSync(configFile, serverConfig({ frontend, http, matching, history, worker, membership }, dynamicFile));
  const managed = startProcess({
    name: 'Temporal server 1.32.0',
    command: binary,
    args: ['--config-file', configFile, '--allow-no-auth', 'start'],
    logFile,
    // All its data is in memory: there is nothing to end in an orderly way.
    endSignal: 'SIGKILL',
  });
  const reloads = async (): Promise<number> => (await readFile(logFile, 'utf8')).split('Updated dynamic config').length;
  return {
    managed,
    frontend,
    ports: [frontend, http, matching, history, worker, ...membership],
    setDynamicConfig: async (next) => {
      const before = await reloads();
      writeFileSync(dynamicFile, dynamicConfigYaml(next));
      await waitFor(async () => (await reloads()) > before || undefined, {
        what: 'the server reading its new dynamic configuration',
        timeoutMs: RELOAD_TIMEOUT_MS,
        isHopeless: managed.whyEnded,
      });
    },
  };
}

/** The development server of Temporal's command (1.29.1). */
async function launchOld(binary: string, folder: string, config: DynamicConfig): Promise<Launched> {
  const [frontend = 0, http = 0, metrics = 0] = await freePorts(3);
  return {
    managed: launchDevServer({ binary, folder, ports: { frontend, http, metrics }, config }),
    frontend,
    ports: [frontend, http, metrics],
    setDynamicConfig: () => {
      throw new Error('the old server takes its dynamic configuration at its start: pass dynamicConfig there');
    },
  };
}
