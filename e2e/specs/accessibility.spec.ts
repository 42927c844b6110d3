import { expect, test } from '#e2e/fixtures.ts';
import { pages } from '#lib/routes.ts';

const QUEUE = 'axe-queue';

const ADDRESSES = {
  overview: pages.overview('default'),
  queues: pages.queues('default'),
  queue: pages.queue('default', QUEUE),
  patches: pages.patches('default'),
  patch: pages.patch('default', { kind: 'core', id: 'my-patch' }),
  status: pages.status('default'),
  'not found': '/no-such-page',
};

test.beforeAll(async ({ guide }, info) => {
  const name = `${QUEUE}-${info.project.name}`;
  await guide.client.updateSets(name, { kind: 'add-new-default', buildId: 'one' });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, address] of Object.entries(ADDRESSES)) {
    test(`axe finds nothing on ${name}, ${colorScheme}`, async ({ page, app, axe }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${app.url}${address}`);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      expect(
        (await axe().analyze()).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) })),
      ).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, 'the page is wider than the screen').toBeLessThanOrEqual(0);
    });
  }
}
