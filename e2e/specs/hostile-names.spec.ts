import type { Page } from '@playwright/test';
import { expect, test } from '#e2e/fixtures.ts';
import { pages } from '#lib/routes.ts';

const NAMES = [
  'a/b',
  '100 %25 & #?',
  `quotes ' " \``,
  'line\nbreak',
  'right‮to‬left',
  '<img src=x onerror="window.__owned=1">',
  'javascript:window.__owned=1',
  '..',
  'x'.repeat(255),
];

const NAMESPACES = ['a/b', '..', 'api'];

/** Opens a page and fails for a script that ran, a policy violation or a page error. */
async function openQuietly(page: Page, address: string): Promise<void> {
  const noise: string[] = [];
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy|hydrat/i.test(message.text())) noise.push(message.text());
  });
  await page.goto(address);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(noise).toEqual([]);
  expect(await page.evaluate(() => '__owned' in window)).toBe(false);
}

test('every page shows hostile names as text', async ({ page, app, guide }) => {
  test.slow();
  for (const name of NAMES) {
    await test.step(JSON.stringify(name).slice(0, 40), async () => {
      await openQuietly(page, `${app.url}${pages.queue('default', name)}`);
      await openQuietly(page, `${app.url}${pages.patch('default', { kind: 'core', id: name })}`);
      await openQuietly(page, `${app.url}${pages.changes('default', { queue: name })}`);
    });
  }
  const [, , , , , script = ''] = NAMES;
  await guide.client.updateSets(script, { kind: 'add-new-default', buildId: script });
  await openQuietly(page, `${app.url}${pages.queue('default', script)}`);
  await expect(page.getByRole('article').first()).toContainText(script);
});

test('namespaces of any name open on every page', async ({ page, app }) => {
  for (const namespace of NAMESPACES) {
    await test.step(namespace, async () => {
      for (const address of [
        pages.overview(namespace),
        pages.queues(namespace),
        pages.patches(namespace),
        pages.changes(namespace),
        pages.status(namespace),
        pages.queue(namespace, 'q'),
      ]) {
        await openQuietly(page, `${app.url}${address}`);
        await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
      }
    });
  }
});

test('an unknown namespace is said, with the next step', async ({ page, app }) => {
  await page.goto(`${app.url}${pages.queue('no-such-namespace', 'q')}`);
  await expect(page.getByRole('main')).toContainText('no-such-namespace');
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText('namespace-not-found');
});
