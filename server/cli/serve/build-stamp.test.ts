import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceStamp } from '#server/cli/serve/build-stamp.ts';

let root: string;
const put = async (file: string, content: string) => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchboard-stamp-'));
  await put('app/queue/page.tsx', 'page');
  await put('lib/routes.ts', 'routes');
  await put('package-lock.json', '{}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const changing: readonly [string, () => Promise<void>][] = [
  ['a page', () => put('app/queue/page.tsx', 'page 2')],
  ['a new file in public', () => put('public/icon.svg', '<svg/>')],
  ['the lock', () => put('package-lock.json', '{"version":2}')],
  ['the configuration', () => put('next.config.ts', 'export default {}')],
  ['a file’s name', () => rename(join(root, 'lib/routes.ts'), join(root, 'lib/paths.ts'))],
];
test.each(changing)('%s changes the stamp', async (_, change) => {
  const before = await sourceStamp(root);
  await change();
  expect(await sourceStamp(root)).not.toBe(before);
});

const harmless: readonly [string, () => Promise<void>][] = [
  ['a file’s time', () => utimes(join(root, 'lib/routes.ts'), 1, 1)],
  ['a test', () => put('lib/routes.test.ts', 'test')],
  ['the command', () => put('server/cli/main.ts', 'main')],
  ['a document', () => put('docs/guide.md', 'guide')],
  ['what Next writes', () => put('next-env.d.ts', 'env')],
];
test.each(harmless)('%s does not', async (_, change) => {
  const before = await sourceStamp(root);
  await change();
  expect(await sourceStamp(root)).toBe(before);
});
