import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * `unit`: pure or in-process, in seconds, no Temporal server. `integration`: real Temporal servers and workers, started by
 * the harness (`npm test`), which passes their addresses in PATCHBOARD_TEST_… variables.
 */
export default defineConfig({
  test: {
    // Vitest leaves a core free, which halves a small machine; many of these tests wait rather than compute.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,lib,server,components,lint,scripts,e2e}/**/*.test.{ts,tsx}'],
          // Half of the time went into loading the same modules for each file. No test leaves anything behind for the next.
          isolate: false,
          // Against tests that hang, not against slow machines: a property of some hundred cases takes seconds beside other work.
          testTimeout: 30_000,
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
