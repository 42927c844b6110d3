import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isConfigError } from '#server/config/config-error.ts';
import { loadConfig } from '#server/config/load.ts';

const HOME = { platform: 'linux', home: '/home/ada' } as const;
// No file of the machine that runs the test may decide.
const BARE = { XDG_CONFIG_HOME: '/nonexistent' };
const load = (env: Record<string, string> = {}) => loadConfig({ ...BARE, ...env }, HOME);

async function problemsOf(env: Record<string, string>): Promise<string[]> {
  const error: unknown = await load(env).then(
    () => expect.unreachable('it should have been refused'),
    (thrown: unknown) => thrown,
  );
  if (!isConfigError(error)) throw error;
  for (const { variable, example } of error.problems)
    expect(error.message).toContain(`Example: ${variable}=${example}`);
  return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
}

test('nothing set: Temporal and Patchboard on loopback, the store in the data folder', async () => {
  expect(await load()).toEqual({
    temporal: { address: '127.0.0.1:7233', namespace: 'default', apiKey: null, tls: null, metadata: {} },
    host: '127.0.0.1',
    port: 3000,
    allowedHosts: [],
    readOnlyReason: null,
    storePath: '/home/ada/.local/share/patchboard/patchboard.db',
    isStoreExplicit: false,
    namespaces: [],
    visibilityPerSecond: 3,
    historiesPerSecond: 50,
    links: { temporalUi: null, commit: null },
    buildIdsIdentifyCode: [],
    patchCallbacks: [],
  });
});

test('lists are split, trimmed and freed of doubles; an empty variable is one that is not set', async () => {
  const config = await load({
    PATCHBOARD_NAMESPACES: ' a, b/c,,a',
    PATCHBOARD_PORT: '',
    PATCHBOARD_ALLOWED_HOSTS: 'x.y',
  });
  expect(config).toMatchObject({ namespaces: ['a', 'b/c'], port: 3000, allowedHosts: ['x.y'] });
});

describe('the store', () => {
  test.each([
    ['sqlite:/var/p.db', '/var/p.db'],
    ['sqlite:///var/p.db', '/var/p.db'],
    ['sqlite:p.db', 'p.db'],
    ['file:///var/a%20b.db', '/var/a b.db'],
    ['file:p.db', 'p.db'],
    ['/var/p.db', '/var/p.db'],
    ['C:\\data\\p.db', 'C:\\data\\p.db'],
    [':memory:', ':memory:'],
  ])('%s', async (url, storePath) => {
    expect(await load({ PATCHBOARD_DATABASE_URL: url })).toMatchObject({ storePath, isStoreExplicit: true });
  });

  test.each([
    ['darwin', {}, '/home/ada/Library/Application Support/patchboard/patchboard.db'],
    ['linux', { XDG_DATA_HOME: '/srv' }, '/srv/patchboard/patchboard.db'],
    ['linux', { XDG_DATA_HOME: 'here' }, '/home/ada/.local/share/patchboard/patchboard.db'],
    ['win32', { LOCALAPPDATA: 'D:\\L' }, 'D:\\L\\patchboard\\patchboard.db'],
  ] as const)('by default on %s with %j', async (platform, env, storePath) => {
    expect(await loadConfig({ ...BARE, ...env }, { platform, home: '/home/ada' })).toMatchObject({ storePath });
  });

  test('PostgreSQL is refused for now, and its password is not told', async () => {
    const [problem] = await problemsOf({ PATCHBOARD_DATABASE_URL: 'postgres://u:secret@db/x' });
    expect(problem).toMatch(/^PATCHBOARD_DATABASE_URL names PostgreSQL.*yet/);
    expect(problem).not.toContain('secret');
  });
});

describe('writes', () => {
  test.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1', '[::1]'])('are allowed on %s', async (host) => {
    expect((await load({ PATCHBOARD_HOST: host })).readOnlyReason).toBeNull();
  });

  test.each(['0.0.0.0', '::', '10.0.0.1', 'patchboard.example.com', '127.evil.example'])(
    'are not on %s, unless they are wanted without sign-in',
    async (host) => {
      const env = { PATCHBOARD_HOST: host };
      expect((await load(env)).readOnlyReason).toContain(`PATCHBOARD_HOST is ${host}`);
      const wanted = await load({ ...env, PATCHBOARD_ALLOW_UNAUTHENTICATED_WRITES: 'true' });
      expect(wanted.readOnlyReason).toBeNull();
    },
  );

  test('PATCHBOARD_READ_ONLY beats everything', async () => {
    const env = { PATCHBOARD_READ_ONLY: '1', PATCHBOARD_ALLOW_UNAUTHENTICATED_WRITES: 'true' };
    expect((await load(env)).readOnlyReason).toContain('PATCHBOARD_READ_ONLY');
  });
});

describe('link patterns', () => {
  test.each([
    'javascript:alert("{buildId}")',
    'data:text/html,{buildId}',
    'https://{buildId}/x',
    'https://{buildId}.example.com/',
    '{buildId}',
    'https://git.example.com/no-placeholder',
    'https://git.example.com/{runId}',
    'https://git.example.com\\@evil/{buildId}',
    ' https://git.example.com/{buildId} x',
    '//git.example.com/{buildId}',
  ])('%s is refused', async (pattern) => {
    expect(await problemsOf({ PATCHBOARD_COMMIT_URL: pattern })).toEqual([
      expect.stringMatching(/^PATCHBOARD_COMMIT_URL .*http or https/),
    ]);
  });

  test('both kinds are taken', async () => {
    const commit = 'https://git.example.com/x/commit/{buildId}';
    const temporalUi = 'http://localhost:8233/namespaces/{namespace}/workflows/{workflowId}/{runId}';
    const env = { PATCHBOARD_COMMIT_URL: commit, PATCHBOARD_TEMPORAL_UI_URL: temporalUi };
    expect((await load(env)).links).toEqual({ commit, temporalUi });
  });

  test('whatever is accepted begins with http and leads to the host that is written down', async () => {
    const part = fc.constantFrom(
      'http',
      'https',
      'javascript',
      ':',
      '/',
      '//',
      '{buildId}',
      '{runId}',
      '@',
      '\\',
      'a.b',
      '?',
      '#',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 9 }), async (parts) => {
        const config = await load({ PATCHBOARD_COMMIT_URL: parts.join('') }).catch(() => null);
        const pattern = config?.links.commit;
        if (!pattern) return;
        const hosts = ['x', 'y'].map((id) => new URL(pattern.replaceAll('{buildId}', id)));
        expect(hosts[0]?.origin).toBe(hosts[1]?.origin);
        expect(hosts[0]?.protocol).toMatch(/^https?:$/);
      }),
    );
  });
});

test('every bad setting is named at once', async () => {
  const problems = await problemsOf({
    PATCHBOARD_PORT: '70000',
    PATCHBOARD_HOST: 'not a host',
    PATCHBOARD_VISIBILITY_RPS: '0',
    PATCHBOARD_HISTORY_RPS: 'many',
    PATCHBOARD_READ_ONLY: 'maybe',
    PATCHBOARD_ALLOWED_HOSTS: 'ok.example.com,has:port',
    PATCHBOARD_DATABASE_URL: 'mysql://x',
    TEMPORAL_ADDRESS: 'https://temporal.example.com',
    TEMPORAL_TLS: 'yes please',
  });
  expect(new Set(problems.map((problem) => problem.split(' ')[0]))).toEqual(
    new Set([
      'PATCHBOARD_ALLOWED_HOSTS',
      'PATCHBOARD_DATABASE_URL',
      'PATCHBOARD_HISTORY_RPS',
      'PATCHBOARD_HOST',
      'PATCHBOARD_PORT',
      'PATCHBOARD_READ_ONLY',
      'PATCHBOARD_VISIBILITY_RPS',
      'TEMPORAL_ADDRESS',
      'TEMPORAL_TLS',
    ]),
  );
});

describe("Temporal's own conventions", () => {
  test('environment', async () => {
    const { temporal } = await load({
      TEMPORAL_ADDRESS: 'temporal.example.com',
      TEMPORAL_NAMESPACE: 'orders.acct',
      TEMPORAL_API_KEY: 'key\n',
      TEMPORAL_GRPC_META_TENANT: 'blue',
    });
    expect(temporal).toMatchObject({
      address: 'temporal.example.com:7233',
      namespace: 'orders.acct',
      apiKey: 'key',
      metadata: { tenant: 'blue' },
    });
    // A key alone turns TLS on, verified.
    expect(temporal.tls).toMatchObject({ isVerificationDisabled: false, serverRootCaCertificate: null });
  });

  test('a profile of the TOML file, under the environment', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'patchboard-config-')), 'temporal.toml');
    await writeFile(
      path,
      '[profile.prod]\naddress = "prod:7233"\nnamespace = "orders"\n[profile.prod.tls]\ndisable_host_verification = true\nserver_name = "t"\n',
    );
    const env = { TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'prod', TEMPORAL_NAMESPACE: 'over' };
    const { temporal } = await load(env);
    expect(temporal).toMatchObject({ address: 'prod:7233', namespace: 'over' });
    expect(temporal.tls).toMatchObject({ isVerificationDisabled: true, serverName: 't' });
    expect(await problemsOf({ ...env, TEMPORAL_PROFILE: 'nope' })).toEqual([
      expect.stringContaining('TEMPORAL_PROFILE'),
    ]);
    await writeFile(path, '[profile.prod\n');
    expect(await problemsOf(env)).toEqual([expect.stringContaining(`TEMPORAL_CONFIG_FILE (${path}) cannot be read`)]);
    await writeFile(path, 'a = 1\n');
    expect(await problemsOf(env)).toEqual([expect.stringContaining('has no [profile')]);
  });

  test('a named file that is not there is a problem, the default one is not', async () => {
    expect(await problemsOf({ TEMPORAL_CONFIG_FILE: '/nonexistent/t.toml' })).toEqual([
      expect.stringContaining('/nonexistent/t.toml'),
    ]);
  });

  test.each([
    [{ TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'no PEM' }, 'TEMPORAL_TLS_SERVER_CA_CERT_PATH cannot be used'],
    [{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nonexistent/ca.pem' }, 'ENOENT'],
    [{ TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' }, 'TEMPORAL_TLS_CLIENT_KEY_PATH is missing'],
    [{ TEMPORAL_TLS_CLIENT_CERT_DATA: 'x', TEMPORAL_TLS_CLIENT_KEY_DATA: 'y' }, 'TEMPORAL_TLS_CLIENT_CERT_PATH cannot'],
    [{ TEMPORAL_API_KEY: 'a\u0007b' }, 'TEMPORAL_API_KEY holds'],
    [{ TEMPORAL_GRPC_META_X: 'é' }, 'TEMPORAL_GRPC_META_X'],
    [{ TEMPORAL_ADDRESS: 'host:99999' }, 'TEMPORAL_ADDRESS'],
    [{ TEMPORAL_ADDRESS: 'a b:1' }, 'TEMPORAL_ADDRESS'],
  ])('%j is refused', async (env, expected) => {
    expect(await problemsOf(env)).toEqual([expect.stringContaining(expected)]);
  });
});
