import { describe, expect, it } from 'vitest';
import { statusSchema } from '#lib/api/status/schemas.ts';
import { EXIT } from '#server/cli/command.ts';
import { registerStatus } from '#server/cli/commands/status.ts';
import { runRegistered } from '#server/cli/testing/run-registered.ts';
import { CodedError } from '#server/errors.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';

const fails = (code: 'temporal-unreachable' | 'namespace-not-found') => () =>
  Promise.reject(new CodedError(code, `it is ${code}`, 'do this'));

function status(args: readonly string[], port: Partial<TemporalPort> = {}, nextPass?: () => Promise<never>) {
  return runRegistered(registerStatus, ['status', ...args], () => {
    const ctx = testCtx({
      ...createFakeTemporal().port,
      getServerInfo: async () => ({ serverVersion: '1.32.0', clusterName: 'active' }),
      probeFamilies: async () => ({ versionSets: 'on', rules: 'off', deployments: 'unknown' }),
      ...port,
    });
    return { ...ctx, census: { ...ctx.census, ...(nextPass && { nextPass }) } };
  });
}

describe('patchboard status', () => {
  it('tells server, families with the setting that turns them on, and the picture', async () => {
    const { out, code } = await status(['--namespace', 'shop']);
    expect(code).toBeNull();
    expect(out).toContain('127.0.0.1:1, no TLS, server 1.32.0');
    expect(out).toMatch(/Namespace +shop/);
    expect(out).toMatch(/Version sets +on/);
    expect(out).toMatch(/Versioning rules +off; turn on with frontend\.workerVersioningRuleAPIs: true/);
    expect(out).toMatch(/Record +no entry yet/);
    expect(out).toContain('No reading has ended yet');
  });

  it('prints the status of the API as JSON', async () => {
    const { out } = await status(['--json']);
    expect(statusSchema.parse(JSON.parse(out))).toMatchObject({ namespace: 'default', serverVersion: '1.32.0' });
  });

  it('says what it knows and ends with 3 when Temporal does not answer', async () => {
    const down = fails('temporal-unreachable');
    const { out, code } = await status([], { getServerInfo: down, probeFamilies: down }, down);
    expect(code).toBe(EXIT.usage);
    expect(out).toContain('! it is temporal-unreachable\n  do this\n');
  });

  it('fails for a namespace that does not exist', async () => {
    await expect(status([], {}, fails('namespace-not-found'))).rejects.toMatchObject({ code: 'namespace-not-found' });
  });
});
