import { join } from 'node:path';
import { expect, test } from '#e2e/fixtures.ts';
import { runCommand } from '#e2e/harness/command.ts';
import { changeDetailSchema, changeListSchema, changePlanSchema } from '#lib/api/changes/schemas.ts';
import { api } from '#lib/routes.ts';
import { CHECKOUT } from '#server/cli/serve/build.ts';

/** Longer than a lost answer takes. */
const COMMAND_LIMIT_MS = 120_000;

function patchboard(env: Readonly<Record<string, string>>, ...args: string[]) {
  return runCommand(process.execPath, [join(CHECKOUT, 'server/cli/main.ts'), ...args], {
    timeoutMs: COMMAND_LIMIT_MS,
    env: { USER: 'alice', ...env },
  });
}

test('a pipeline changes sets through the server: one record, the same guards, its exit codes', async ({
  app,
  guide,
  temporal,
}, info) => {
  test.slow();
  const queue = 'pipeline';
  const viaServer = ['change', '--server', app.url, '--queue', queue];
  const sets = async () => (await guide.client.getSets(queue)).versionSets.map((set) => set.buildIds);

  const unconfirmed = await patchboard({}, ...viaServer, '--add-new-default', 'one');
  expect(unconfirmed.code, unconfirmed.output).toBe(1);
  expect(unconfirmed.output).toContain('No worker polls with');
  expect(await sets()).toEqual([]);

  const first = ['--add-new-default', 'one', '--confirm', 'one', '--reason', 'first deploy', '--json'];
  const stored = await patchboard({}, ...viaServer, ...first);
  expect(stored.code, stored.output).toBe(0);
  const printed: { plan: unknown; change: unknown } = JSON.parse(stored.stdout);
  const { digest } = changePlanSchema.parse(printed.plan);
  expect(changeDetailSchema.parse(printed.change)).toMatchObject({ outcome: 'verified', actor: 'cli:alice' });
  expect(await sets()).toEqual([['one']]);

  const stale = await patchboard({}, ...viaServer, '--add-new-default', 'two', '--expect-digest', digest);
  expect(stale.code, stale.output).toBe(1);
  const refused = await patchboard({}, ...viaServer, '--promote-set', 'nobody');
  expect(refused.code, refused.output).toBe(1);
  const nowhere = await patchboard(
    {},
    'change',
    '--server',
    'http://127.0.0.1:9',
    '--queue',
    queue,
    '--promote-set',
    'one',
  );
  expect(nowhere.code, nowhere.output).toBe(3);
  const storeless = { TEMPORAL_ADDRESS: temporal.address, PATCHBOARD_DATABASE_URL: '' };
  const ownRecord = await patchboard(storeless, 'change', '--queue', queue, '--add-new-default', 'two');
  expect(ownRecord.code, ownRecord.output).toBe(3);
  expect(await sets()).toEqual([['one']]);

  const listed = await (await fetch(`${app.url}${api.changes('default')}&taskQueue=${queue}`)).json();
  expect(changeListSchema.parse(listed).items).toMatchObject([
    { kind: 'change', reason: 'first deploy', outcome: 'verified', before: [], after: [{ buildIds: ['one'] }] },
  ]);

  const store = { TEMPORAL_ADDRESS: temporal.address, PATCHBOARD_DATABASE_URL: info.outputPath('store.db') };
  const own = await patchboard(store, 'change', '--queue', queue, '--add-new-default', 'two', '--confirm', 'two');
  expect(own.code, own.output).toBe(0);
  expect(await sets()).toEqual([['one'], ['two']]);
  const status = await patchboard(store, 'status');
  const [, head = ''] = /^Record .*, head (\S+)$/m.exec(status.output) ?? [];
  const verify = await patchboard(store, 'record', 'verify', '--head', head);
  expect(verify.code, verify.output).toBe(0);
  expect(verify.output).toContain('whole');
});
