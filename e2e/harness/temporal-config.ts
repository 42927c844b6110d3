export interface ServerPorts {
  readonly frontend: number;
  readonly http: number;
  readonly matching: number;
  readonly history: number;
  readonly worker: number;
  readonly membership: readonly [number, number, number, number];
}

/** Dynamic configuration: key → value for everybody. Keys as in Temporal's `common/dynamicconfig/constants.go`. */
export type DynamicConfig = Readonly<Record<string, string | number | boolean>>;

/** Off by default in every server: without them the version-set calls answer PERMISSION_DENIED. */
export const VERSIONING_GATES: DynamicConfig = {
  'frontend.workerVersioningDataAPIs': true,
  'frontend.workerVersioningWorkflowAPIs': true,
  'frontend.workerVersioningRuleAPIs': true,
};

/** Temporal polls the file no faster than this (`minPollInterval` in its file based client). */
const POLL_INTERVAL = '5s';

const SQLITE = {
  sql: {
    pluginName: 'sqlite',
    databaseName: 'default',
    connectAddr: 'localhost',
    connectProtocol: 'tcp',
    connectAttributes: { mode: 'memory', cache: 'private' },
    maxConns: 1,
    maxIdleConns: 1,
    maxConnLifetime: '1h',
  },
};

const NO_ARCHIVE = { state: 'disabled' };

/**
 * The server's configuration file: one shard, everything in memory, four services on loopback, production limits. JSON, which
 * every YAML parser reads.
 */
export function serverConfig(ports: ServerPorts, dynamicConfigFile: string): string {
  const service = (grpcPort: number, membershipPort: number, more: object = {}): object => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true, ...more },
  });
  const [frontend, matching, history, worker] = ports.membership;
  return JSON.stringify({
    log: { stdout: true, level: 'info' },
    persistence: {
      defaultStore: 'memory',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: { memory: SQLITE, visibility: SQLITE },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: service(ports.frontend, frontend, { httpPort: ports.http }),
      matching: service(ports.matching, matching),
      history: service(ports.history, history),
      worker: service(ports.worker, worker),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
          httpAddress: `127.0.0.1:${ports.http}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: NO_ARCHIVE, visibility: NO_ARCHIVE },
    namespaceDefaults: { archival: { history: NO_ARCHIVE, visibility: NO_ARCHIVE } },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: POLL_INTERVAL },
  });
}

/** The dynamic configuration file. */
export function dynamicConfigYaml(config: DynamicConfig): string {
  return Object.entries(config)
    .map(([key, value]) => `${key}: [{ value: ${JSON.stringify(value)} }]\n`)
    .join('');
}
