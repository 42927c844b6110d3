import type { Page } from '@playwright/test';
import { expect, test } from '#e2e/fixtures.ts';
import { QueuePage } from '#e2e/pages/queue-page.ts';
import { PROMOTE, twoSets } from '#e2e/pages/two-sets.ts';

test.describe('an answer that is lost', () => {
  test('before it arrives: the record shows that nothing began, and one may send again', async ({
    page,
    app,
    guide,
  }, info) => {
    const taskQueue = `unsent-${info.project.name}`;
    const sets = await twoSets(guide, taskQueue);
    const queue = await planPromotion(page, app.url, taskQueue);
    await page.route('**/api/v1/changes?*', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await queue.button('Promote beef for new runs').click();
    await expect(queue.dialog).toContainText('Nothing was written so far.');
    await expect(queue.dialog).toContainText('The record holds no such change');
    expect(await sets()).toEqual([['beef'], ['cafe']]);
    await page.unroute('**/api/v1/changes?*');
    await queue.button('Promote beef for new runs').click();
    await queue.stored().waitFor();
    expect(await sets()).toEqual([['cafe'], ['beef']]);
  });

  test('after it was written: the record tells, and nothing is sent twice', async ({ page, app, guide }, info) => {
    const taskQueue = `lost-${info.project.name}`;
    const sets = await twoSets(guide, taskQueue);
    const queue = await planPromotion(page, app.url, taskQueue);
    let posts = 0;
    await page.route('**/api/v1/changes?*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      posts += 1;
      await route.fetch();
      return route.abort();
    });
    await queue.button('Promote beef for new runs').click();
    await queue.stored().waitFor();
    expect(posts).toBe(1);
    expect(await sets()).toEqual([['cafe'], ['beef']]);
  });
});

/** The plan of a promotion with its build ID typed, one press before it is written. */
async function planPromotion(page: Page, url: string, taskQueue: string): Promise<QueuePage> {
  const queue = new QueuePage(page, url, 'default', taskQueue);
  await queue.open();
  await queue.button(PROMOTE).click();
  await queue.showPlan();
  await queue.confirmField().fill('beef');
  return queue;
}
