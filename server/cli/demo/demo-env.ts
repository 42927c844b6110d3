type Env = Readonly<Record<string, string | undefined>>;

/** The user's settings that also mean something for the demo: where it serves, and what it logs. */
const KEPT = ['PATCHBOARD_HOST', 'PATCHBOARD_PORT', 'PATCHBOARD_ALLOWED_HOSTS', 'PATCHBOARD_LOG'];

/**
 * Environment of the demo's Patchboard. Settings for the user's own servers (address, key, TLS, profile, store,
 * namespaces) must not reach it: the demo would send a key to the wrong server or write into the user's records.
 * @param folder a folder of this start alone; it holds the store and stands in for Temporal's configuration file
 */
export function demoEnv(env: Env, demo: { address: string; storePath: string; temporalConfigFile: string }): Env {
  const others = Object.entries(env).filter(
    ([name]) => KEPT.includes(name) || !(name.startsWith('TEMPORAL_') || name.startsWith('PATCHBOARD_')),
  );
  return {
    PATCHBOARD_LOG: 'warn',
    ...Object.fromEntries(others),
    TEMPORAL_ADDRESS: demo.address,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_CONFIG_FILE: demo.temporalConfigFile,
    PATCHBOARD_DATABASE_URL: demo.storePath,
  };
}
