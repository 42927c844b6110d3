import { beforeEach, describe, expect, it } from 'vitest';
import { changePlanSchema, changeSchema } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { EXIT } from '#server/cli/command.ts';
import { localDesk } from '#server/cli/change-desk.ts';
import { type ChangeWish, runChange } from '#server/cli/run-change.ts';
import { CodedError } from '#server/errors.ts';
import { createFakeTemporal, type FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';

const promoteA: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };
let fake: FakeTemporal;

beforeEach(() => {
  fake = createFakeTemporal();
  fake.sets('q').apply({ kind: 'add-new-default', buildId: 'a' });
  fake.sets('q').apply({ kind: 'add-new-default', buildId: 'b' });
});

async function change(over: Partial<ChangeWish> = {}, operation: VersionSetOperation = promoteA) {
  let out = '';
  let err = '';
  const streams = { write: (text: string) => void (out += text), writeError: (text: string) => void (err += text) };
  const wish: ChangeWish = {
    queue: 'q',
    reason: '',
    expectDigest: null,
    dryRun: false,
    confirm: 'a',
    waitTakenUp: null,
    json: false,
    ...over,
  };
  const ctx = testCtx(fake.port);
  try {
    const desk = localDesk(ctx, 'default', (wish.waitTakenUp ?? 1) * 1_000);
    const code = await runChange(desk, streams, wish, operation);
    return { code, out, err };
  } finally {
    await ctx.changes.stop();
  }
}

describe('patchboard change', () => {
  it('prints the plan, writes, and ends with 0 once read back', async () => {
    const { code, out } = await change();
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('Before: [b] [a]\nAfter:  [a] [b]');
    expect(out).toContain('! No worker polls with a');
    expect(out).toContain('Stored: read back');
    expect(fake.writes).toHaveLength(1);
  });

  it('ends with 0 where it is already so', async () => {
    expect(await change({}, { kind: 'promote-set', buildId: 'b' })).toMatchObject({ code: EXIT.ok });
    expect(fake.writes).toEqual([]);
  });

  it('writes nothing with --dry-run, and shows the plan', async () => {
    const { code, out } = await change({ dryRun: true });
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('After:');
    expect(fake.writes).toEqual([]);
  });

  it('writes nothing where a build that nobody polls with was not confirmed', async () => {
    const { code, err } = await change({ confirm: null });
    expect(code).toBe(EXIT.blocked);
    expect(err).toContain('No worker polls with "a"');
    expect(fake.writes).toEqual([]);
  });

  it.each([
    ['a refused plan', {}, { kind: 'promote-set', buildId: 'nobody' } as const],
    ['another digest than expected', { expectDigest: 'v1:0' }, promoteA],
  ])('ends with 1 for %s', async (_what, over, operation) => {
    const { code, err } = await change(over, operation);
    expect(code).toBe(EXIT.blocked);
    expect(err).not.toBe('');
    expect(fake.writes).toEqual([]);
  });

  it('ends with 1 when Temporal refuses, and when someone else came in between', async () => {
    fake.fault = 'refuses';
    expect(await change()).toMatchObject({ code: EXIT.blocked, err: expect.stringContaining('(11/10)') as string });
    fake.fault = 'none';
    fake.afterWrite = () => fake.sets('q').apply({ kind: 'add-new-default', buildId: 'z' });
    expect((await change()).code).toBe(EXIT.blocked);
  });

  it('leaves a connection that fails before the write to the caller (3), and an internal failure is 2', async () => {
    fake.readFailure = new CodedError('temporal-unreachable', 'gone', 'start it');
    await expect(change()).rejects.toMatchObject({ code: 'temporal-unreachable' });
    fake.readFailure = null;
    fake.onRead = () => {
      throw new TypeError('boom');
    };
    expect((await change()).code).toBe(EXIT.unknown);
  });

  it('waits for a worker to take up: 0 when one polls, 2 when none does', async () => {
    const worker = {
      identity: 'w',
      taskKind: 'workflow',
      buildId: 'a',
      useVersioning: true,
      deploymentVersion: null,
    } as const;
    setTimeout(() => fake.pollers.push({ ...worker, lastPollMs: 5 }), 500);
    const taken = await change({ waitTakenUp: 5 });
    expect(taken).toMatchObject({ code: EXIT.ok, out: expect.stringContaining('Taken up') as string });
    fake.pollers.length = 0;
    expect((await change({ waitTakenUp: 1 })).code).toBe(EXIT.unknown);
  });

  it('prints plan and change as JSON', async () => {
    const { out } = await change({ json: true });
    const printed = JSON.parse(out) as { plan: unknown; change: unknown };
    expect(changePlanSchema.parse(printed.plan)).toMatchObject({ isAlreadySo: false });
    expect(changeSchema.parse(printed.change)).toMatchObject({ outcome: 'verified' });
  });
});
