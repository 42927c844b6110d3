import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the production build is made of: a change in anything else needs no new build. */
const SOURCES = [
  '{app,components,lib,server,public}/**/*.*',
  '*.{ts,mjs}',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Tests are not served, the command is run from its sources, and Next writes `next-env.d.ts` while it builds. */
const IGNORED = /(\.i?test\.tsx?|^server\/cli\/.*|^next-env\.d\.ts)$/;

/** Fingerprint of the sources' names and content: equal stamps mean equal builds, whatever the files' times say. */
export async function sourceStamp(root: string): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(relativeName(root, join(entry.parentPath, entry.name)));
  }
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !IGNORED.test(name)).sort()) {
    const content = await readFile(join(root, file));
    hash.update(`${file}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex');
}

function relativeName(root: string, path: string): string {
  return path.slice(root.length + 1).replaceAll('\\', '/');
}
