import { defineConfig } from '@playwright/test';
import { installedChromium } from '#e2e/harness/chromium.ts';

const executablePath = installedChromium();

/**
 * Chromium end to end. No `webServer`: the fixtures start a real Temporal server and the production build. One worker, since each
 * brings a server of its own.
 */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results/playwright',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PATCHBOARD_E2E_REPORT ?? 'test-results/playwright.json' }]],
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'wide', use: { viewport: { width: 1280, height: 900 } } },
    // Numbers, commands and what the server accepts are the same at any width: once is enough.
    {
      name: 'narrow',
      use: { viewport: { width: 390, height: 844 } },
      testIgnore: ['patches.spec.ts', 'states.spec.ts', 'change-command.spec.ts', 'cross-site.spec.ts'],
    },
  ],
});
