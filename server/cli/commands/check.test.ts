import { describe, expect, it } from 'vitest';
import { checkSchema } from '#lib/api/verdict/schemas.ts';
import { EXIT } from '#server/cli/command.ts';
import { registerCheck } from '#server/cli/commands/check.ts';
import { runRegistered } from '#server/cli/testing/run-registered.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { createFakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';
import { fakeRun } from '#server/usecases/verdict/testing/fake-run.ts';

async function check(...args: readonly string[]) {
  const fake = createFakeNamespaces();
  fake.add('default', fakeRun('live', { type: 'Live', marker: { id: 'live', deprecated: false } }));
  fake.add('default', fakeRun('late', { type: 'Late', marker: { id: 'late', deprecated: true } }));
  fake.add('other', fakeRun('elsewhere', { type: 'Late', marker: { id: 'late', deprecated: false } }));
  fake.add('default', fakeRun('go', { type: 'Go', marker: { id: 'fee', version: 1 }, sdk: 'temporal-go' }));
  return runRegistered(registerCheck, ['check', ...args], () => testCtx(fake.port));
}

const HASHED = `@temporalio/worker@1.24.0+${'ab'.repeat(32)}`;

describe('patchboard check', () => {
  it('ends with 0 when safe, and warns of what that does not allow', async () => {
    const fake = createFakeNamespaces();
    const marker = { id: 'gone', deprecated: true };
    fake.add('default', fakeRun('a', { type: 'Gone', sdk: 'temporal-typescript', buildId: HASHED, marker }));
    const worker = { identity: 'w', taskKind: 'workflow', lastPollMs: 1, useVersioning: false } as const;
    fake.pollers.set('queue', [{ ...worker, buildId: HASHED, deploymentVersion: null }]);
    const args = ['check', '--patch', 'gone', '--question', 'remove', '--workflow-type', 'Gone'];
    const { code, out } = await runRegistered(registerCheck, args, () => testCtx(fake.port));
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('✓ safe');
    expect(out).toContain('After it: ');
  });

  it('ends with 1 when blocked', async () => {
    const { code, out } = await check('--patch', 'live', '--question', 'remove');
    expect(code).toBe(EXIT.blocked);
    expect(out).toContain('■ blocked');
    expect(out).toContain('workflow-live');
  });

  it('ends with 2 when unknown: nothing blocks, or a typing error', async () => {
    expect((await check('--patch', 'late', '--question', 'remove')).code).toBe(EXIT.unknown);
    const typo = await check('--patch', 'lvie', '--question', 'remove');
    expect(typo.code).toBe(EXIT.unknown);
    expect(typo.out).toContain('[never-seen]');
  });

  it('looks into every namespace it is given', async () => {
    const { code, out } = await check(
      '--patch',
      'late',
      '--question',
      'remove',
      '--namespace',
      'default',
      'other',
      '--json',
    );
    expect(code).toBe(EXIT.blocked);
    const answer = checkSchema.parse(JSON.parse(out));
    expect(answer.byNamespace.map((part) => part.answer)).toEqual(['unknown', 'blocked']);
  });

  it('takes the version for GetVersion questions', async () => {
    expect((await check('--patch', 'fee', '--question', 'raise-min', '--min', '2')).code).toBe(EXIT.blocked);
    expect((await check('--patch', 'fee', '--question', 'raise-min', '--min', '-1')).code).toBe(EXIT.unknown);
    expect((await check('--patch', 'fee', '--question', 'drop-call', '--min', '1')).code).toBe(EXIT.unknown);
  });

  it.each([
    [['--question', 'remove']],
    [['--patch', 'p', '--question', 'delete']],
    [['--patch', 'p', '--question', 'raise-min']],
    [['--patch', 'p', '--question', 'remove', '--min', '2']],
    [['--patch', 'p', '--question', 'raise-min', '--min', '2.5']],
    [['--patch', 'p', '--question', 'remove', '--timeout', '0']],
    [['--patch', 'p', '--question', 'remove', '--max-histories', 'many']],
    [['--patch', '', '--question', 'remove']],
  ])('takes %j for a usage error before it connects', async (args) => {
    const { code, err, isOpened } = await check(...args);
    expect(code).toBe(EXIT.usage);
    expect(err).not.toBe('');
    expect(isOpened).toBe(false);
  });
});
