import { expect, test } from '#e2e/fixtures.ts';
import type { Guide, GuideWorker } from '#e2e/harness/guide.ts';
import { pressByKey, tabTo } from '#e2e/pages/keyboard.ts';
import { QueuePage } from '#e2e/pages/queue-page.ts';

/** A poll lasts a minute; a worker that polled before the change begins its next one after it. */
const TAKE_UP_LIMIT_MS = 100_000;

const workers: GuideWorker[] = [];

test.describe.configure({ mode: 'serial' });
test.afterAll(async () => {
  for (const worker of workers) await worker.stop();
});

/** The guide's story on one queue: a set of deadbeef and cafe0001, a newer set of beef0002, and a worker that nobody registered. */
async function liveTheStory(guide: Guide, taskQueue: string): Promise<void> {
  const start = async (buildId: string) => {
    workers.push(
      await guide.startWorker({ taskQueue, stage: 4, buildId, isVersioned: true, identity: `worker of ${buildId}` }),
    );
  };
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'deadbeef' });
  await start('deadbeef');
  await guide.client.startRuns(taskQueue, `${taskQueue}-first`, 2);
  await guide.client.updateSets(taskQueue, { kind: 'add-new-compatible', buildId: 'cafe0001', existing: 'deadbeef' });
  await start('cafe0001');
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'beef0002' });
  await start('beef0002');
  await guide.client.startRuns(taskQueue, `${taskQueue}-second`, 1);
  await start('f00dfeed');
}

test('version sets are shown and changed, each operation read back by the Python client', async ({
  page,
  app,
  guide,
}, info) => {
  test.slow();
  const taskQueue = `orders-${info.project.name}`;
  const sets = async () => (await guide.client.getSets(taskQueue)).versionSets.map((set) => set.buildIds);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);

  await test.step('live the story', () => liveTheStory(guide, taskQueue));

  await test.step('lanes, open runs and the worker that gets nothing', async () => {
    await queue.open();
    await expect(queue.lane('beef0002')).toContainText('new runs start here');
    await expect(queue.lane('beef0002')).toContainText('Takes all new runs and finishes 1 open run.');
    await expect(queue.lane('cafe0001')).toContainText('Finishes 2 open runs.', { timeout: 30_000 });
    await expect(queue.lane('cafe0001')).toContainText('Gets nothing: its set’s default has taken over.');
    await expect(page.getByRole('main')).toContainText('which is in no set: it gets nothing');
  });

  await test.step('promote a set, by keyboard alone, and see it taken up', async () => {
    await pressByKey(page, queue.button('Promote for new runs: set of cafe0001'));
    await queue.dialog.getByLabel('Reason').waitFor();
    await pressByKey(page, queue.button('Show what changes'));
    await expect(queue.dialog.getByRole('list', { name: 'What moves and what stays' })).toContainText(
      'New runs go to cafe0001.',
    );
    await tabTo(page, queue.button('Promote cafe0001 for new runs'));
    await page.keyboard.press('Enter');
    await expect(queue.stored()).toBeVisible();
    expect(await sets()).toEqual([['beef0002'], ['deadbeef', 'cafe0001']]);
    await expect(queue.takenUp()).toBeVisible({ timeout: TAKE_UP_LIMIT_MS });
    await page.keyboard.press('Escape');
    await expect(queue.dialog).toBeHidden();
    await expect(queue.lane('cafe0001')).toContainText('new runs start here');
  });

  await test.step('register the stranger as a new default set', async () => {
    await queue.button('Register f00dfeed').click();
    await queue.showPlan();
    await queue.apply('Add f00dfeed for new runs', 'f00dfeed');
    expect(await sets()).toEqual([['beef0002'], ['deadbeef', 'cafe0001'], ['f00dfeed']]);
  });

  await test.step('add a compatible build', async () => {
    await queue.button('Add a build: set of beef0002').click();
    await queue.dialog.getByLabel('New build ID').fill('beef0003');
    await queue.showPlan();
    await expect(queue.dialog).toContainText('No worker polls with beef0003');
    await queue.apply('Add beef0003 beside beef0002', 'beef0003');
    expect(await sets()).toEqual([['beef0002', 'beef0003'], ['deadbeef', 'cafe0001'], ['f00dfeed']]);
  });

  await test.step('promote a build within its set', async () => {
    await queue.button('Make set default: deadbeef').click();
    await queue.showPlan();
    await queue.apply('Make deadbeef set default', 'deadbeef');
    expect(await sets()).toEqual([['beef0002', 'beef0003'], ['cafe0001', 'deadbeef'], ['f00dfeed']]);
  });

  await test.step('merge two sets', async () => {
    await queue.button('Merge: set of beef0003').click();
    await queue.showPlan();
    await queue.apply('Merge beef0003 into f00dfeed', 'f00dfeed');
    expect(await sets()).toEqual([
      ['cafe0001', 'deadbeef'],
      ['beef0002', 'beef0003', 'f00dfeed'],
    ]);
  });

  await test.step('a second writer between plan and click: nothing is written, and the page says so', async () => {
    await queue.button('Promote for new runs: set of deadbeef').click();
    await queue.showPlan();
    await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'intruder' });
    if (await queue.confirmField().isVisible()) await queue.confirmField().fill('deadbeef');
    await queue.dialog.getByRole('button', { name: 'Promote deadbeef for new runs' }).click();
    await expect(queue.dialog).toContainText('Nothing was written.');
    await expect(queue.dialog).toContainText('the sets had changed since the plan');
    expect((await sets()).at(-1)).toEqual(['intruder']);
    await queue.dialog.getByRole('button', { name: 'Plan again' }).click();
    await expect(queue.dialog).toContainText('instead of intruder');
    await page.keyboard.press('Escape');
  });
});
