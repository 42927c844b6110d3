import { expect, test } from 'vitest';
import { demoEnv } from '#server/cli/demo/demo-env.ts';

const demo = { address: '127.0.0.1:7233', storePath: '/demo/store.sqlite', temporalConfigFile: '/demo/temporal.toml' };

test('nothing that is meant for the user’s own servers reaches the demo', () => {
  const mine = {
    PATH: '/bin',
    TEMPORAL_ADDRESS: 'production.example:7233',
    TEMPORAL_API_KEY: 'secret',
    TEMPORAL_TLS: 'true',
    TEMPORAL_PROFILE: 'production',
    PATCHBOARD_DATABASE_URL: '/records/patchboard.sqlite',
    PATCHBOARD_NAMESPACES: 'payments',
    PATCHBOARD_PORT: '3100',
  };
  expect(demoEnv(mine, demo)).toEqual({
    PATH: '/bin',
    PATCHBOARD_PORT: '3100',
    PATCHBOARD_LOG: 'warn',
    PATCHBOARD_DATABASE_URL: '/demo/store.sqlite',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_CONFIG_FILE: '/demo/temporal.toml',
  });
});

test('a log level of the user’s wins over the demo’s quiet one', () => {
  expect(demoEnv({ PATCHBOARD_LOG: 'debug' }, demo).PATCHBOARD_LOG).toBe('debug');
});
