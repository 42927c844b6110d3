import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled, isInterrupted, markStarted, stampOf, writeStamp } from './install-stamp.mjs';

function folderWith(lock: string): string {
  const root = mkdtempSync(join(tmpdir(), 'patchboard-stamp-'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'package-lock.json'), lock);
  return root;
}

describe('the stamp of an installation', () => {
  it('is missing in a fresh clone', () => {
    expect(isInstalled(folderWith('{}'))).toBe(false);
    expect(isInstalled(join(tmpdir(), 'no-such-folder'))).toBe(false);
  });

  it('holds until the lock file changes', () => {
    const root = folderWith('{"a":1}');
    writeStamp(root);
    expect(isInstalled(root)).toBe(true);
    writeFileSync(join(root, 'package-lock.json'), '{"a":2}');
    expect(isInstalled(root)).toBe(false);
  });

  it('tells an interrupted installation from a whole one and from none', () => {
    const root = folderWith('{}');
    expect(isInterrupted(root)).toBe(false);
    markStarted(root);
    expect(isInterrupted(root)).toBe(true);
    expect(isInstalled(root)).toBe(false);
    writeStamp(root);
    expect(isInterrupted(root)).toBe(false);
  });

  it('differs for every other lock file and platform', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (a, b) => {
        const isSame = a[0] === b[0] && a[1] === b[1];
        expect(stampOf(`lock ${a[0]}`, `p-${a[1]}`) === stampOf(`lock ${b[0]}`, `p-${b[1]}`)).toBe(isSame);
      }),
    );
  });
});
