import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CHECKOUT, ensureBuild } from '#server/cli/serve/build.ts';
import { createProgress } from '#server/cli/serve/progress.ts';
import { findChromium } from './chromium.ts';
import { add, type Counts, NO_TESTS, type StageResult } from './counts.ts';
import { startProcess } from './process.ts';
import { playwrightCounts, readCounts, vitestCounts } from './reports.ts';
import { startTemporalServer } from './temporal-server.ts';

const REPORTS = join(CHECKOUT, 'test-results');

/** A connection ends this often on the churning server, which tests live through without an error. */
const CHURN = { 'frontend.keepAliveMaxConnectionAge': '2s', 'frontend.keepAliveMaxConnectionAgeGrace': '1s' };

const verifyReport = z.object({ unit: z.unknown(), failedChecks: z.int() });

/** Format, lint, types, dead code and the unit tests. */
export async function verify(): Promise<StageResult> {
  const report = reportFile('verify.json');
  const exitCode = await run('verify', ['scripts/verify.ts'], { PATCHBOARD_VERIFY_REPORT: report });
  const counts = readCounts(report, (json) => {
    const { unit, failedChecks } = verifyReport.parse(json);
    return add(vitestCounts(unit), { ...NO_TESTS, failed: failedChecks });
  });
  return { name: 'verify', counts, exitCode };
}

/** Real Temporal servers: the newest with production limits, the old one, and one that ends connections all the time. */
export async function integration(): Promise<StageResult> {
  const report = reportFile('integration.json');
  await using newest = await startTemporalServer({ version: 'newest' });
  await using old = await startTemporalServer({ version: 'old' });
  await using churn = await startTemporalServer({ version: 'newest', dynamicConfig: CHURN });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await run('integration', [vitest, 'run', '--project', 'integration', ...reporters], {
    PATCHBOARD_TEST_ADDRESS: newest.address,
    PATCHBOARD_TEST_ADDRESS_OLD: old.address,
    PATCHBOARD_TEST_ADDRESS_CHURN: churn.address,
  });
  return { name: 'integration', counts: readCounts(report, vitestCounts), exitCode };
}

/** Chromium against the production build, a real server and the guide's Python workers. */
export async function endToEnd(signal: AbortSignal): Promise<StageResult> {
  const report = reportFile('e2e.json');
  const chromium = await findChromium();
  const progress = createProgress((text) => process.stderr.write(text), Date.now);
  await ensureBuild({ root: CHECKOUT, env: process.env, progress, signal });
  const exitCode = await run('end to end', [playwright, 'test'], {
    PATCHBOARD_CHROMIUM: chromium,
    PATCHBOARD_E2E_REPORT: report,
  });
  return { name: 'end to end', counts: readE2eCounts(report), exitCode };
}

const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const playwright = join('node_modules', '@playwright', 'test', 'cli.js');

function readE2eCounts(report: string): Counts {
  return readCounts(report, playwrightCounts);
}

/** A report of an earlier run must not be read as this one's. */
function reportFile(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, name);
  rmSync(file, { force: true });
  return file;
}

/** Runs one of the project's programs in the foreground. @returns its exit code */
export function run(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  // SIGINT is the signal at which test runners end their own children.
  return startProcess({ name, command: process.execPath, args, cwd: CHECKOUT, env, endSignal: 'SIGINT' }).exited;
}
