import { join } from 'node:path';
import { type ManagedProcess, startProcess } from './process.ts';
import type { DynamicConfig } from './temporal-config.ts';

interface DevServer {
  /** Of Temporal's command (1.29.1). */
  readonly binary: string;
  /** Its log goes there, and its data where they are kept. */
  readonly folder: string;
  readonly ports: { readonly frontend: number; readonly http: number; readonly metrics: number };
  readonly config: DynamicConfig;
  /** A file that its data are kept in; without it they end with the process. */
  readonly databaseFile?: string;
}

/** The development server of Temporal's command, on loopback. Does not wait until it listens. */
export function launchDevServer({ binary, folder, ports, config, databaseFile }: DevServer): ManagedProcess {
  const { frontend, http, metrics } = ports;
  const flags = Object.entries(config).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const listening = ['--port', `${frontend}`, '--http-port', `${http}`, '--metrics-port', `${metrics}`];
  const kept = databaseFile === undefined ? [] : ['--db-filename', databaseFile];
  const place = ['--headless', '--ip', '127.0.0.1', '--log-level', 'warn', ...kept];
  return startProcess({
    name: 'Temporal server 1.29.1',
    command: binary,
    args: ['server', 'start-dev', ...place, ...listening, ...flags],
    logFile: join(folder, 'server.log'),
    endSignal: 'SIGKILL',
  });
}
