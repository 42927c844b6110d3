import { expect, test } from '#e2e/fixtures.ts';
import { startPatchboard } from '#e2e/harness/app.ts';
import { ChangesPage } from '#e2e/pages/changes-page.ts';
import { PROMOTE, twoSets } from '#e2e/pages/two-sets.ts';
import { pressByKey, tabTo } from '#e2e/pages/keyboard.ts';
import { QueuePage } from '#e2e/pages/queue-page.ts';
import { pages } from '#lib/routes.ts';

const PROMOTED = 'Make the set of beef queue default';

test('a typed build ID, an undo, and both in the history', async ({ page, app, guide }, info) => {
  const taskQueue = `typed-${info.project.name}`;
  const sets = await twoSets(guide, taskQueue);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  const changes = new ChangesPage(page, app.url);
  await queue.open();

  await test.step('the button waits for exactly the build ID', async () => {
    await queue.button(PROMOTE).click();
    await queue.showPlan('cafe fails on refunds');
    await expect(queue.dialog).toContainText('No worker polls with beef: new runs will wait');
    const last = queue.dialog.getByRole('button', { name: 'Promote beef for new runs' });
    await expect(last).toBeDisabled();
    await queue.confirmField().fill('BEEF');
    await expect(queue.dialog).toContainText('This is another build ID.');
    await expect(last).toBeDisabled();
    await queue.confirmField().press('Enter');
    expect(await sets()).toEqual([['beef'], ['cafe']]);
    await queue.confirmField().fill('beef');
    await last.click();
    await queue.stored().waitFor();
    expect(await sets()).toEqual([['cafe'], ['beef']]);
  });

  await test.step('taken back from its outcome', async () => {
    await queue.dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(queue.dialog.getByRole('heading', { name: `Undo: ${PROMOTED}` })).toBeVisible();
    await queue.plan();
    expect(await sets()).toEqual([['cafe'], ['beef']]);
    await queue.apply('Promote cafe for new runs', 'cafe');
    expect(await sets()).toEqual([['beef'], ['cafe']]);
  });

  await test.step('the queue’s history, newest first, offers what can still be taken back', async () => {
    await expect(queue.history.getByRole('listitem')).toHaveCount(2);
    await expect(queue.history.getByRole('listitem').first()).toContainText('queue default (undo)');
    await expect(queue.history.getByRole('listitem').last()).toContainText('cafe fails on refunds');
    await expect(queue.history.getByRole('button', { name: `Undo: ${PROMOTED}` })).toHaveCount(0);
    await page.getByRole('link', { name: 'All changes of this queue' }).click();
  });

  await test.step('the page of changes, narrowed in its address', async () => {
    await expect(changes.sentence).toContainText(`2 changes in the last 24 hours; the last one`);
    await expect(changes.row('cafe fails on refunds')).toContainText('not authenticated');
    await expect(changes.row('cafe fails on refunds')).toContainText('stored');
    await page.getByRole('searchbox', { name: 'Filter: Changes' }).fill('refunds');
    await expect(changes.row('(undo)')).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('conflict');
    await expect(page.getByRole('main')).toContainText('No loaded change is “conflict”.');
    // The address follows what is shown by some tens of milliseconds.
    await expect(page).toHaveURL(/[?&]outcome=conflict(&|$)/);
    await expect(page).toHaveURL(/[?&]filter=refunds(&|$)/);
    await expect(page).toHaveURL(new RegExp(`[?&]queue=${taskQueue}(&|$)`));
  });

  await test.step('one change in full, by an address that can be passed on', async () => {
    await changes.open({ queue: taskQueue });
    await changes.link(PROMOTED).click();
    await expect(changes.dialog).toContainText('What the plan said');
    await expect(changes.dialog).toContainText('cafe fails on refunds');
    await expect(page).toHaveURL(/[?&]id=/);
    const address = page.url();
    await page.goBack();
    await expect(changes.dialog).toBeHidden();
    await page.goto(address);
    await expect(changes.dialog.getByRole('heading', { name: PROMOTED })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(changes.dialog).toBeHidden();
    await expect(page).not.toHaveURL(/[?&]id=/);
  });
});

test('a refusal: Temporal’s words, and nothing is written', async ({ page, app, guide }, info) => {
  const taskQueue = `refused-${info.project.name}`;
  const sets = await twoSets(guide, taskQueue);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  await queue.open();
  await queue.button('Add a new set').click();
  await queue.dialog.getByLabel('New build ID').fill('beef');
  await queue.dialog.getByRole('button', { name: 'Show what changes' }).click();
  await expect(queue.dialog.getByRole('alert')).toContainText('version beef already exists');
  expect(await sets()).toEqual([['beef'], ['cafe']]);
});

test('a change made elsewhere is shown on the queue, in the history and on the overview', async ({
  page,
  app,
  guide,
}, info) => {
  const taskQueue = `outside-${info.project.name}`;
  await twoSets(guide, taskQueue);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  const changes = new ChangesPage(page, app.url);
  await queue.open();
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'intruder' });
  await expect(page.getByRole('main')).toContainText('Changed outside Patchboard between', { timeout: 30_000 });
  await expect(page.getByRole('main')).toContainText(
    'intruder is a new set; new runs start on intruder instead of cafe.',
  );
  await page.getByRole('link', { name: 'Details' }).first().click();
  await expect(changes.dialog).toContainText('Temporal keeps no record of who changes version sets');
  await expect(page).toHaveURL(/[?&]id=/);
  const elsewhere = { queue: 'another-queue', id: new URL(page.url()).searchParams.get('id') ?? '' };
  await page.goto(`${app.url}${pages.changes('default', elsewhere)}`);
  await expect(changes.dialog).toContainText('intruder');
  await changes.open({ queue: taskQueue, id: elsewhere.id });
  await expect(changes.dialog).toContainText('intruder');
  await page.keyboard.press('Escape');
  await expect(changes.sentence).toContainText('the last was made outside Patchboard');
  await expect(changes.row('Changed outside Patchboard')).toContainText('intruder');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('main')).toContainText('Changed outside Patchboard between');
});

test('several changes are tried before any is made, then made one by one', async ({ page, app, guide }, info) => {
  const taskQueue = `whatif-${info.project.name}`;
  const sets = await twoSets(guide, taskQueue);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  await queue.open();

  await test.step('two steps, the second on what the first makes', async () => {
    await queue.button('Try several changes').click();
    await queue.dialog.getByLabel('New build ID').fill('f00d');
    await queue.button('Add a step').click();
    const second = queue.dialog.getByRole('group', { name: 'Step 2' });
    await second.getByLabel('What').selectOption('merge-sets');
    await second.getByLabel('The set of', { exact: true }).selectOption('beef');
    await second.getByLabel('joins the set of').selectOption('f00d');
    await queue.button('Show what would happen').click();
    await expect(queue.dialog).toContainText('After step 2');
    await expect(queue.dialog).toContainText('Cannot be undone');
    expect(await sets()).toEqual([['beef'], ['cafe']]);
  });

  await test.step('a step that Temporal would refuse says so', async () => {
    await queue.button('Back').click();
    await queue.button('Add a step').click();
    const third = queue.dialog.getByRole('group', { name: 'Step 3' });
    await third.getByLabel('What').selectOption('add-new-default');
    await third.getByLabel('New build ID').fill('cafe');
    await queue.button('Show what would happen').click();
    await expect(queue.dialog).toContainText('Step 3 would be refused');
    await expect(queue.dialog).toContainText('version cafe already exists');
    await queue.button('Back').click();
    await queue.button('Remove step 3').click();
    await queue.button('Show what would happen').click();
  });

  await test.step('made, step by step', async () => {
    await queue.dialog.getByLabel('Reason').fill('deploy f00d');
    await queue.button('Start with step 1').click();
    await queue.plan();
    await queue.applyOnly('Add f00d for new runs', 'f00d');
    expect(await sets()).toEqual([['beef'], ['cafe'], ['f00d']]);
    await queue.button('Next: step 2 of 2').click();
    await queue.plan();
    await queue.apply('Merge beef into f00d', 'f00d');
    expect(await sets()).toEqual([['cafe'], ['beef', 'f00d']]);
    await expect(queue.history.getByText('deploy f00d')).toHaveCount(2);
  });
});

test('everything by keyboard alone', async ({ page, app, guide }, info) => {
  test.slow();
  const taskQueue = `keys-${info.project.name}`;
  const sets = await twoSets(guide, taskQueue);
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  const changes = new ChangesPage(page, app.url);
  await queue.open();

  await test.step('a change with a typed build ID, and its undo', async () => {
    await pressByKey(page, queue.button(PROMOTE));
    await tabTo(page, queue.dialog.getByLabel('Reason'));
    await page.keyboard.type('by keys');
    await pressByKey(page, queue.button('Show what changes'));
    await tabTo(page, queue.confirmField());
    await page.keyboard.type('beef');
    await page.keyboard.press('Enter');
    await queue.stored().waitFor();
    expect(await sets()).toEqual([['cafe'], ['beef']]);
    await pressByKey(page, queue.dialog.getByRole('button', { name: 'Undo' }));
    await tabTo(page, queue.confirmField());
    await page.keyboard.type('cafe');
    await pressByKey(page, queue.button('Promote cafe for new runs'));
    await queue.stored().waitFor();
    expect(await sets()).toEqual([['beef'], ['cafe']]);
    await page.keyboard.press('Escape');
    await expect(queue.dialog).toBeHidden();
  });

  await test.step('what-if, with a step added and removed', async () => {
    await pressByKey(page, queue.button('Try several changes'));
    await expect(queue.dialog.getByLabel('What')).toBeFocused();
    await tabTo(page, queue.dialog.getByLabel('New build ID'));
    await page.keyboard.type('f00d');
    await pressByKey(page, queue.button('Add a step'));
    await expect(queue.dialog.getByRole('group', { name: 'Step 2' }).getByLabel('What')).toBeFocused();
    await pressByKey(page, queue.button('Remove step 2'));
    await expect(queue.button('Add a step')).toBeFocused();
    await pressByKey(page, queue.button('Show what would happen'));
    await expect(queue.dialog).toContainText('After step 1');
    await page.keyboard.press('Escape');
    await expect(queue.button('Try several changes')).toBeFocused();
    expect(await sets()).toEqual([['beef'], ['cafe']]);
  });

  await test.step('the history, one change in it, and back', async () => {
    await pressByKey(page, page.getByRole('link', { name: 'All changes of this queue' }));
    await pressByKey(page, changes.link(PROMOTED));
    await expect(changes.dialog).toContainText('by keys');
    await page.keyboard.press('Escape');
    await expect(changes.link(PROMOTED)).toBeFocused();
  });
});

test('read-only: one may look and try, not change', async ({ page, temporal, guide }, info) => {
  const taskQueue = `look-${info.project.name}`;
  const sets = await twoSets(guide, taskQueue);
  await using app = await startPatchboard({ address: temporal.address, env: { PATCHBOARD_READ_ONLY: 'true' } });
  const queue = new QueuePage(page, app.url, 'default', taskQueue);
  await queue.open();
  await queue.button('Try several changes').click();
  await queue.dialog.getByLabel('New build ID').fill('f00d');
  await queue.button('Show what would happen').click();
  await expect(queue.dialog).toContainText('After step 1');
  await expect(queue.dialog).toContainText('Changes are off here.');
  await expect(queue.button('Start with step 1')).toHaveCount(0);
  await page.goto(`${app.url}${pages.changes('default')}`);
  await expect(page.getByRole('main')).toContainText('Changes are off');
  await expect(page.getByRole('main')).toContainText('Nothing has been changed yet.');
  expect(await sets()).toEqual([['beef'], ['cafe']]);
});
