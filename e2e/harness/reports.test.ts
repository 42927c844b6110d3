import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playwrightCounts, readCounts, vitestCounts } from './reports.ts';

describe('reports of the test runners', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

  it('are read: Vitest’s, with todo as skipped', () => {
    expect(vitestCounts(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('count a file that broke before its first test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [] },
    ];
    expect(vitestCounts({ ...vitest, testResults }).failed).toBe(2);
  });

  it('are read: Playwright’s, with flaky tests and global errors as failures', () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats, errors: [{ message: 'no tests found' }] })).toEqual({
      passed: 7,
      failed: 3,
      skipped: 2,
    });
  });

  it('that are missing are no tests, and that are broken are an error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchboard-report-'));
    expect(readCounts(join(folder, 'none.json'), vitestCounts)).toEqual({ passed: 0, failed: 0, skipped: 0 });
    writeFileSync(join(folder, 'cut.json'), '{"numPassed');
    expect(() => readCounts(join(folder, 'cut.json'), vitestCounts)).toThrow(SyntaxError);
  });
});
