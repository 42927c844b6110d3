import { readFile as readFromDisk } from 'node:fs/promises';
import { homedir } from 'node:os';
import { ConfigError, type ConfigProblem } from '#server/config/config-error.ts';
import { isLoopback } from '#server/config/loopback.ts';
import { readSettings, type Settings } from '#server/config/settings.ts';
import { defaultStorePath } from '#server/config/store-path.ts';
import { loadTemporalConfig, type ReadFile } from '#server/config/temporal-config.ts';
import type { Config } from '#server/config/types.ts';

export { isConfigError } from '#server/config/config-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Surroundings {
  readonly readFile?: ReadFile;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/**
 * Patchboard's settings (PATCHBOARD_…) and Temporal's own (TEMPORAL_…, its TOML file), read and judged once.
 * Throws `ConfigError` that names every bad one.
 */
export async function loadConfig(env: Env, surroundings: Surroundings = {}): Promise<Config> {
  const { readFile = readFromDisk, platform = process.platform, home = homedir() } = surroundings;
  const problems: ConfigProblem[] = [];
  const settings = readSettings(env, problems);
  const temporal = await loadTemporalConfig(env, readFile, problems);
  if (settings === null || temporal === null) throw new ConfigError(problems);
  return {
    temporal,
    host: settings.host,
    port: settings.port,
    allowedHosts: settings.allowedHosts,
    readOnlyReason: readOnlyReasonOf(settings),
    storePath: settings.storePath ?? defaultStorePath({ env, platform, home }),
    isStoreExplicit: settings.storePath !== null,
    namespaces: settings.namespaces,
    visibilityPerSecond: settings.visibilityPerSecond,
    historiesPerSecond: settings.historiesPerSecond,
    links: { temporalUi: settings.temporalUi, commit: settings.commit },
    buildIdsIdentifyCode: settings.buildIdsIdentifyCode,
    patchCallbacks: settings.patchCallbacks,
  };
}

/** Until there is a sign-in, whoever reaches the port could change version sets: only loopback may. */
function readOnlyReasonOf({ isReadOnly, host, mayWriteUnauthenticated }: Settings): string | null {
  if (isReadOnly) return 'PATCHBOARD_READ_ONLY is set.';
  if (isLoopback(host) || mayWriteUnauthenticated) return null;
  return `PATCHBOARD_HOST is ${host}, which others can reach, and there is no sign-in yet; PATCHBOARD_ALLOW_UNAUTHENTICATED_WRITES=true allows changes all the same.`;
}
