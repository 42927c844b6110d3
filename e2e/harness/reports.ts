import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Counts, NO_TESTS } from './counts.ts';

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

/** Counts of Vitest's JSON report. A file that broke before its first test is one failure. */
export function vitestCounts(json: unknown): Counts {
  const report = vitestReport.parse(json);
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. A flaky test failed once: it is a failure. So is an error outside every test. */
export function playwrightCounts(json: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(json);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** Reads a report; none there means that no test ran. */
export function readCounts(file: string, parse: (json: unknown) => Counts): Counts {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return NO_TESTS;
  }
  return parse(JSON.parse(text));
}
