type Env = Readonly<Record<string, string | undefined>>;

/** The user's settings that also mean something for the demo: where it serves, and what it logs. */
const KEPT = ['PATCHBOARD_HOST', 'PATCHBOARD_PORT', 'PATCHBOARD_ALLOWED_HOSTS', 'PATCHBOARD_LOG'];

/** The user's environment without settings for the user's own servers: programs of the demo must not follow those. */
export function withoutUserSettings(env: Env): Env {
  const isKept = (name: string) => KEPT.includes(name) || !/^(TEMPORAL|PATCHBOARD)_/.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name)));
}

/**
 * Environment of the demo's Patchboard. Settings for the user's own servers (address, key, TLS, profile, store,
 * namespaces) must not reach it: the demo would send a key to the wrong server or write into the user's records.
 * @param demo where its Temporal server listens; a store and a configuration file of this start alone
 */
export function demoEnv(env: Env, demo: { address: string; storePath: string; temporalConfigFile: string }): Env {
  return {
    PATCHBOARD_LOG: 'warn',
    ...withoutUserSettings(env),
    TEMPORAL_ADDRESS: demo.address,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_CONFIG_FILE: demo.temporalConfigFile,
    PATCHBOARD_DATABASE_URL: demo.storePath,
  };
}
