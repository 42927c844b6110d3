import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killWriters } from './kill-writers.ts';

it('writers of the record that are killed lose nothing committed', { timeout: 120_000 }, async ({ signal }) => {
  const folder = await mkdtemp(join(tmpdir(), 'patchboard-kills-'));
  try {
    const figures = await killWriters(join(folder, 'store.db'), 6, signal);
    expect(figures).toMatchObject({ kills: 6, shared: 3, lost: 0, problems: 0 });
    expect(figures.commits).toBeGreaterThanOrEqual(6);
    expect(figures.entries).toBeGreaterThanOrEqual(figures.commits);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
