/** Results of tests, added up over suites. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export interface StageResult {
  readonly name: string;
  readonly counts: Counts;
  /** Exit code of the program that ran it. */
  readonly exitCode: number;
}

/**
 * Counts of one stage as they enter the sum. A stage that ended badly without naming a failed test (a broken file, a crash)
 * counts as one failure: nothing that failed may be missing from the last line.
 */
export function countsOf({ counts, exitCode }: StageResult): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The last line of `npm test`, read by machines. */
export function summaryLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

/**
 * Why the whole did not succeed; empty: it did. In CI a skipped test or a suite without tests is a failure too: either would
 * stay green for ever and prove nothing.
 */
export function problems(stages: readonly StageResult[], isCi: boolean): string[] {
  return stages.flatMap((stage) => {
    const counts = countsOf(stage);
    const found: string[] = [];
    if (counts.failed > 0) found.push(`${stage.name}: ${counts.failed} failed`);
    if (isCi && counts.skipped > 0) found.push(`${stage.name}: ${counts.skipped} skipped, which CI does not accept`);
    if (isCi && counts.passed + counts.failed + counts.skipped === 0) {
      found.push(`${stage.name}: no test ran, which CI does not accept`);
    }
    return found;
  });
}
