import { defineConfig } from 'vitest/config';

/**
 * `unit`: pure or in-process, in seconds, no Temporal server. `integration`: real Temporal servers and workers, started by
 * the harness (`npm test`), which passes their addresses in PATCHBOARD_TEST_… variables.
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,server,components,lint,scripts}/**/*.test.{ts,tsx}', 'e2e/{bench,harness}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{server,e2e}/**/*.itest.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // One real server is shared: files run one after another, so that rate limits and counts stay meaningful.
          fileParallelism: false,
        },
      },
    ],
  },
});
