import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '#e2e/fixtures.ts';
import { ChangesPage } from '#e2e/pages/changes-page.ts';
import { QueuePage } from '#e2e/pages/queue-page.ts';
import { pages } from '#lib/routes.ts';

const QUEUE = 'axe-queue';

const ADDRESSES = {
  overview: pages.overview('default'),
  queues: pages.queues('default'),
  queue: pages.queue('default', QUEUE),
  patches: pages.patches('default'),
  patch: pages.patch('default', { kind: 'core', id: 'my-patch' }),
  changes: pages.changes('default'),
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
      await expectNothing(page, axe);
    });
  }

  test(`axe finds nothing in the dialogs of changes and in their history, ${colorScheme}`, async ({
    page,
    app,
    guide,
    axe,
  }, info) => {
    test.slow();
    const taskQueue = `axe-dialogs-${info.project.name}-${colorScheme}`;
    await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'beef' });
    await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'cafe' });
    const queue = new QueuePage(page, app.url, 'default', taskQueue);
    const changes = new ChangesPage(page, app.url);
    await page.emulateMedia({ colorScheme });
    await queue.open();

    await test.step('plan, outcome and undo', async () => {
      await queue.button('Promote for new runs: set of beef').click();
      await expectNothing(page, axe);
      await queue.showPlan('a reason');
      await queue.confirmField().fill('other');
      await expectNothing(page, axe);
      await queue.applyOnly('Promote beef for new runs', 'beef');
      await expectNothing(page, axe);
      await queue.dialog.getByRole('button', { name: 'Undo' }).click();
      await queue.plan();
      await expectNothing(page, axe);
      await page.keyboard.press('Escape');
    });

    await test.step('a refusal', async () => {
      await queue.button('Add a new set').click();
      // Alone in the set that is queue default now, `beef` would be already so: only another set's build is refused.
      await queue.dialog.getByLabel('New build ID').fill('cafe');
      await queue.button('Show what changes').click();
      await queue.dialog.getByRole('alert').waitFor();
      await expectNothing(page, axe);
      await page.keyboard.press('Escape');
    });

    await test.step('what-if', async () => {
      await queue.button('Try several changes').click();
      await queue.dialog.getByLabel('New build ID').fill('f00d');
      await queue.button('Add a step').click();
      await expectNothing(page, axe);
      await queue.button('Show what would happen').click();
      await queue.dialog.getByText('After step 2').waitFor();
      await expectNothing(page, axe);
      await page.keyboard.press('Escape');
    });

    await test.step('history', async () => {
      await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'intruder' });
      await queue.open();
      await page.getByText('Changed outside Patchboard between').first().waitFor();
      await expectNothing(page, axe);
      await changes.open({ queue: taskQueue });
      await expectNothing(page, axe);
      await changes.link('Make the set of beef').click();
      await changes.dialog.getByText('What the plan said').waitFor();
      await expectNothing(page, axe);
      await page.keyboard.press('Escape');
      await changes.link('Changed outside').click();
      await changes.dialog.waitFor();
      await expectNothing(page, axe);
    });
  });
}

/** No violation, and nothing wider than the screen. */
async function expectNothing(page: Page, axe: () => AxeBuilder): Promise<void> {
  expect(
    (await axe().analyze()).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) })),
  ).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page is wider than the screen').toBeLessThanOrEqual(0);
}
