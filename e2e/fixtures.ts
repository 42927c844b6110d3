import { AxeBuilder } from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import { type App, startPatchboard } from '#e2e/harness/app.ts';
import { createGuide, type Guide } from '#e2e/harness/guide.ts';
import { startTemporalServer, type TemporalServer } from '#e2e/harness/temporal-server.ts';

/** Beside `default` and the hostile ones: a story that counts runs needs a namespace to itself. */
const NAMESPACES = ['patches'];

/** A server starts within seconds; the production build may have to be made, and a Python environment. */
const START_TIMEOUT_MS = 10 * 60_000;

const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface WorkerFixtures {
  /** A real Temporal server of this Playwright worker's own. */
  readonly temporal: TemporalServer;
  /** The guide's Python workers and client, in namespace `default`. */
  readonly guide: Guide;
  /** Patchboard's production build, connected to `temporal`. */
  readonly app: App;
}

interface TestFixtures {
  /** Makes a builder for the page as it is now, with the WCAG rules up to 2.2 AA. */
  readonly axe: () => AxeBuilder;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  temporal: [
    async ({}, use) => {
      await using server = await startTemporalServer({ version: 'newest', namespaces: NAMESPACES });
      await use(server);
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  guide: [
    async ({ temporal }, use) => {
      await use(await createGuide(temporal.address));
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  app: [
    async ({ temporal }, use) => {
      await using app = await startPatchboard({ address: temporal.address });
      await use(app);
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  axe: async ({ page }, use) => {
    await use(() => new AxeBuilder({ page }).withTags(WCAG_TAGS));
  },
});

export { expect } from '@playwright/test';
