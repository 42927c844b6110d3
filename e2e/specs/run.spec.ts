import { expect, test } from '#e2e/fixtures.ts';
import { RunPage } from '#e2e/pages/run-page.ts';
import { pages } from '#lib/routes.ts';

/** The page asks again every ten seconds; the failing task comes within a few. */
const SHOWN_LIMIT_MS = 40_000;

test('a run that records a patch and then meets code without it', async ({ page, app, guide, axe }, info) => {
  test.slow();
  const taskQueue = `run-${info.project.name}`;
  const patched = await guide.startWorker({ taskQueue, stage: 2, buildId: 'v2', identity: 'worker of v2' });
  const [started] = await guide.client.startRuns(taskQueue, `lens/${info.project.name}`, 1);
  if (started === undefined) throw new Error('no run was started');
  const { workflowId, runId } = started;
  const run = new RunPage(page, app.url, 'default', workflowId, runId);

  await test.step('the sentence, the patch and who wrote it', async () => {
    await run.open();
    await expect(run.main).toContainText(/Open for .* on build v2; recorded 1 patch; no timeout ends it\./);
    await expect(run.patches()).toContainText('live (patched)');
    await expect(run.entry('Live marker (patched)')).toContainText('v2');
    await expect(run.entry('Label added')).toContainText('my-patch');
    await expect(run.entry('completed').first()).toContainText('worker of v2');
  });

  await test.step('names lead on: to the patch and to the queue', async () => {
    await expect(run.patches().getByRole('link', { name: 'my-patch' })).toHaveAttribute(
      'href',
      pages.patch('default', { kind: 'core', id: 'my-patch' }),
    );
    await expect(run.entry('Started').getByRole('link', { name: taskQueue })).toHaveAttribute(
      'href',
      pages.queue('default', taskQueue),
    );
  });

  await test.step('code without the patch cannot replay it: said first, as what blocks', async () => {
    await patched.stop();
    await using removed = await guide.startWorker({ taskQueue, stage: 4, buildId: 'v4', identity: 'worker of v4' });
    expect(removed.pid).toBeGreaterThan(0);
    await guide.client.signalRun(workflowId, 'finish');
    await expect(run.main).toContainText(/Failing for .*: the code of build v4 does not match the history/, {
      timeout: SHOWN_LIMIT_MS,
    });
    await expect(run.entry('nondeterminism')).toContainText('my-patch');
    await expect(run.entry('nondeterminism')).toContainText('worker of v4');
  });

  await test.step('the filter is in the address, and clears', async () => {
    await run.filter().fill('nondeterminism');
    await expect(run.main).toContainText(/1 of \d+ entries/);
    await expect(page).toHaveURL(/filter=nondeterminism/);
    await run.filter().fill('');
    await expect(run.entry('Started')).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(`axe finds nothing, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      const { violations } = await axe().analyze();
      expect(violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) }))).toEqual([]);
    });
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page is wider than the screen').toBeLessThanOrEqual(0);

  await test.step('an ended run says how', async () => {
    await guide.client.terminateRun(workflowId);
    await run.open();
    await expect(run.main).toContainText(/Terminated .* on build v2; recorded 1 patch\./);
    await expect(run.main.getByRole('link', { name: 'Open the newest run of this workflow id' })).toHaveAttribute(
      'href',
      pages.run('default', workflowId, ''),
    );
  });
});

test('a run without worker opens by its name, which may hold anything', async ({ page, app, guide }, info) => {
  const prefix = `<img src=x onerror="window.__owned=1">\u202e/${info.project.name}`;
  const [started] = await guide.client.startRuns('no-worker', prefix, 1, { shouldWait: false });
  const workflowId = started?.workflowId ?? '';
  await page.goto(`${app.url}${pages.overview('default')}`);
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kind').selectOption({ label: 'Run, by its workflow id' });
  await dialog.getByLabel('Exact name').fill(workflowId);
  await page.keyboard.press('Enter');
  const run = new RunPage(page, app.url, 'default', workflowId);
  await run.timeline().waitFor();
  await expect(run.main).toContainText('no workflow task completed yet; recorded no patch');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('\\u{202e}');
  expect(await page.evaluate(() => '__owned' in window)).toBe(false);
});

test('a run that Temporal does not have is said, with the next step', async ({ page, app }) => {
  await page.goto(`${app.url}${pages.run('default', 'no such workflow', '')}`);
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Temporal has no run of the workflow "no such workflow".');
  await expect(alert).toContainText('retention');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.goto(`${app.url}/run?namespace=default`);
  await expect(page.getByRole('main')).toContainText('This address names no workflow.');
});
