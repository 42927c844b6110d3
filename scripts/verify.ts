/**
 * `npm run verify`: format, lint, types, dead code and unit tests, in under a minute. Prints one line for each check, and the
 * output of those that failed. With PATCHBOARD_VERIFY_REPORT it writes its counts to that file as JSON.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, type CheckEnd, runCheck } from './check.ts';

const ROOT = join(import.meta.dirname, '..');
const UNIT_REPORT = join(ROOT, 'test-results', 'unit.json');

const program = (path: string): string => join(ROOT, 'node_modules', path);
const node = (name: string, path: string, ...args: string[]): Check => ({
  name,
  steps: [[process.execPath, program(path), ...args]],
});

const types: Check = {
  name: 'types',
  // The routes' types come first: `tsc` checks the pages against them.
  steps: [
    [process.execPath, program('next/dist/bin/next'), 'typegen'],
    [process.execPath, program('typescript/bin/tsc'), '--noEmit'],
  ],
};
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];

/** Two chains beside each other: each check keeps about one core busy, and small machines have two. */
const CHAINS: readonly (readonly Check[])[] = [
  [node('format', 'oxfmt/bin/oxfmt', '--check'), types, node('lint', 'oxlint/bin/oxlint', '--type-aware')],
  [
    node('unit tests', 'vitest/vitest.mjs', 'run', '--project', 'unit', ...reporters),
    node('dead code', 'knip/bin/knip.js', '--no-progress'),
  ],
];

async function runChain(chain: readonly Check[]): Promise<CheckEnd[]> {
  const ends: CheckEnd[] = [];
  for (const check of chain) {
    const end = await runCheck(check, ROOT);
    console.log(`${end.isOk ? 'ok    ' : 'FAILED'}  ${check.name}, ${end.seconds.toFixed(1)} s`);
    ends.push(end);
  }
  return ends;
}

/** Failures of the other checks count as one failed test each. */
function writeReport(file: string, ends: readonly CheckEnd[]): void {
  const unit = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'));
  const others = ends.filter((end) => !end.isOk && end.name !== 'unit tests').length;
  writeFileSync(file, JSON.stringify({ unit, failedChecks: others }));
}

mkdirSync(join(ROOT, 'test-results'), { recursive: true });
const ends = (await Promise.all(CHAINS.map(runChain))).flat();
const failed = ends.filter((end) => !end.isOk);
for (const end of failed) console.log(`\n--- ${end.name} ---\n${end.output.trim()}`);
const report = process.env.PATCHBOARD_VERIFY_REPORT;
if (report !== undefined) writeReport(report, ends);
process.exitCode = failed.length === 0 ? 0 : 1;
