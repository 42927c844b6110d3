import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from './install-lock.mjs';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'patchboard-lock-')), 'lock');
const mustNotWait = () => {
  throw new Error('waited for a lock that nobody holds');
};

describe('the lock of an installation', () => {
  it('names its owner while held, and leaves nothing behind', async () => {
    const path = newPath();
    const release = await takeLock(path, mustNotWait);
    expect(readFileSync(path, 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(path)).toBe(false);
  });

  it('is waited for while its owner lives', async () => {
    const path = newPath();
    writeFileSync(path, String(process.ppid));
    const order: string[] = [];
    const second = takeLock(path, () => {
      order.push('waiting');
      setTimeout(() => {
        order.push('released');
        spawnSync('rm', [path]);
      }, 50);
    });
    const release = await second;
    order.push('taken');
    release();
    expect(order).toEqual(['waiting', 'released', 'taken']);
  });

  it('is taken over when its owner is gone, or when its owner’s id is now this process', async () => {
    const gone = spawnSync('true').pid;
    for (const owner of [gone, process.pid]) {
      const path = newPath();
      writeFileSync(path, String(owner));
      const release = await takeLock(path, mustNotWait);
      release();
    }
  });
});
