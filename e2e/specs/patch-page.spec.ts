import type { Page } from '@playwright/test';
import { expect, test } from '#e2e/fixtures.ts';
import { startPatchboard } from '#e2e/harness/app.ts';
import { createGuide, type Guide, type GuideStage, type GuideWorker } from '#e2e/harness/guide.ts';
import { PatchPage } from '#e2e/pages/patch-page.ts';
import { startStoryServer } from '#e2e/stories/server.ts';
import { api, pages } from '#lib/routes.ts';

const NAMESPACE = 'patch-page';
const PATCH = { kind: 'core', id: 'my-patch' } as const;
const QUEUE = 'orders';

/** Until the census has read what the story made. */
const PICTURE_LIMIT_MS = 60_000;

const ONE_ANSWER_MS = 10_000;

async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page is wider than the screen').toBeLessThanOrEqual(0);
}

function startWorker(guide: Guide, stage: GuideStage): Promise<GuideWorker> {
  return guide.startWorker({ taskQueue: QUEUE, stage, buildId: `1.${stage}`, identity: `worker of 1.${stage}` });
}

test('a patch from blocked to safe: what is in the way, what is declared, and what the answer assumes', async ({
  page,
  axe,
}) => {
  test.slow();
  await using server = await startStoryServer('newest', [NAMESPACE]);
  await using app = await startPatchboard({ address: server.address });
  const guide = await createGuide(server.address, NAMESPACE);
  const patch = new PatchPage(page, app.url, NAMESPACE, PATCH);

  const initial = await startWorker(guide, 1);
  await guide.client.startRuns(QUEUE, 'initial', 1);
  await initial.stop();
  await using _patched = await startWorker(guide, 2);
  await guide.client.startRuns(QUEUE, 'patched', 2);
  await expect
    .poll(
      async () => {
        const response = await page.request.get(`${app.url}${api.patch(NAMESPACE, PATCH)}`);
        return ((await response.json()) as { totals: { live: number; withoutMarker: number } }).totals;
      },
      { timeout: PICTURE_LIMIT_MS },
    )
    .toMatchObject({ live: 2, withoutMarker: 1 });

  await test.step('the page asks by itself and names the run in the way', async () => {
    await patch.open();
    await patch.expectAnswer('1 open run may still be on the old branch');
    const row = patch.region('Runs in the way').getByRole('row').filter({ hasText: 'initial-0' });
    await expect(row).toContainText('1.1');
    await expect(row.getByRole('link', { name: 'initial-0' })).toHaveAttribute('href', /^\/run\?/);
    await expect(patch.region('What the runs are to this question')).toContainText('2 open runs');
    await expect(patch.region('What would change the answer')).toContainText('never ends by itself');
    await expectNoOverflow(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(
        (await axe().analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]),
      ).toEqual([]);
    }
  });

  await test.step('the code of the step is the user’s own, with what must not follow', async () => {
    const code = patch.region('The code of this step');
    await expect(code).toContainText('workflow.deprecate_patch("my-patch")');
    await expect(code).toContainText('Not yet');
    await expect(code).toContainText('rolled back below patched');
    await code.getByLabel('Language').selectOption('TypeScript');
    await expect(code).toContainText("deprecatePatch('my-patch');");
  });

  await test.step('the other question is closed until it is opened', async () => {
    await page.getByText('May deprecate_patch go?').click();
    await expect(patch.region('The other question')).toContainText('still need the call');
    await page.getByText('May deprecate_patch go?').first().click();
  });

  await test.step('declare by keyboard alone what the code was', async () => {
    const opener = patch.button(`Declare that build IDs of queue ${QUEUE} name one code`);
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(patch.dialog.getByLabel('Task queue', { exact: true })).toHaveValue(QUEUE);
    await expect(patch.dialog).toContainText('Answers will say: assuming build IDs of queue orders name one code.');
    await patch.dialog.getByLabel('Note').fill('The pipeline takes the commit.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await patch.dialog.getByText('Declared', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await expect(patch.facts()).toHaveCount(1);
    await expect(patch.facts().first()).toContainText('“The pipeline takes the commit.”');
    await expect(page.getByRole('main')).toContainText('A declared fact was made or withdrawn since this answer.');
  });

  await test.step('what is wrong with a draft is said in its place', async () => {
    await patch.button('Declare a fact').click();
    await patch.dialog.getByLabel('What you know').selectOption({ label: 'The least that every worker runs' });
    await patch.dialog.getByLabel('Since').fill('yesterday');
    await patch.dialog.getByRole('button', { name: 'Declare' }).click();
    await expect(patch.dialog).toContainText('Give the exact name.');
    await expect(patch.dialog).toContainText('Give a moment in UTC');
    await page.keyboard.press('Escape');
    await expect(patch.dialog).toBeHidden();
    await expect(patch.facts()).toHaveCount(1);
  });

  await test.step('the old run ends; two more facts, and it is safe', async () => {
    await using _old = await startWorker(guide, 1);
    await guide.client.finishRun('initial-0');
    await _old.stop();
    await patch.ask();
    await patch.expectAnswer('Not known');
    await patch.button('Declare that no patch activation callback is in use').click();
    await patch.declare();
    await patch.button('Declare that only workflow type MyWorkflow uses my-patch').click();
    await patch.declare();
    // Until the server has forgotten the old worker's polls, the answer is not known.
    await expect(async () => {
      await patch.ask();
      await patch.expectAnswer('The old branch may go', ONE_ANSWER_MS);
    }).toPass({ timeout: PICTURE_LIMIT_MS });
    await expect(patch.sentence).toContainText('1 closed run was not looked at');
    await expect(patch.sentence).toContainText('Assuming');
    await expect(patch.region('The code of this step')).not.toContainText('Not yet');
    await expect(patch.facts().filter({ hasText: 'this answer rests on it' })).toHaveCount(3);
  });

  await test.step('the list has it first, with the same answer', async () => {
    await page.goto(`${app.url}${pages.patches(NAMESPACE)}`);
    await expect(page.getByRole('main')).toContainText('The next step is safe for 1 patch.');
    await expect(page.getByText('deprecate: safe')).toBeVisible();
    await page.getByRole('button', { name: 'Ask for all' }).click();
    await expect(page.getByRole('main')).toContainText('Asked 1 of 1 patch.', { timeout: PICTURE_LIMIT_MS });
  });

  await test.step('a fact that is withdrawn takes the answer with it', async () => {
    await patch.open();
    await patch.expectAnswer('The old branch may go');
    await patch.button(/^Withdraw: No patch activation callback/).click();
    await patch.dialog.getByRole('button', { name: 'Withdraw the fact' }).click();
    await expect(patch.facts()).toHaveCount(2);
    await patch.expectAnswer('nobody declared that no activation callback is in use');
  });

  await test.step('read-only: nothing can be declared, and the page says why', async () => {
    await using readOnly = await startPatchboard({
      address: server.address,
      env: { PATCHBOARD_READ_ONLY: 'true' },
    });
    await page.goto(`${readOnly.url}${pages.patch(NAMESPACE, PATCH)}`);
    await expect(patch.region('Declared facts')).toContainText('Facts cannot be declared here');
    await expect(patch.button('Declare a fact')).toBeDisabled();
  });
});

test('a gathering is told in words and can be stopped', async ({ page, app }) => {
  const job = {
    id: 'job-1',
    namespace: 'default',
    patch: PATCH,
    question: 'deprecate',
    min: null,
    workflowType: null,
    policy: 'open',
    mode: 'full',
    state: 'gathering',
    progress: { phase: 'histories', historiesRead: 120, historiesWanted: 400, calls: 130 },
    startedAt: '2026-11-25T08:00:00.000Z',
    endedAt: null,
    verdict: null,
    error: null,
  };
  await page.route('**/api/v1/verdicts?*', (route) => route.fulfill({ status: 202, json: job }));
  await page.route('**/api/v1/verdicts/job-1?*', (route) => route.fulfill({ json: job }));
  await page.route('**/api/v1/verdicts/job-1/stop?*', (route) =>
    route.fulfill({ json: { ...job, state: 'stopped', endedAt: '2026-11-25T08:00:09.000Z' } }),
  );
  await page.goto(`${app.url}${pages.patch('default', PATCH)}`);
  await page.getByText('May the old branch go?').click();
  await page.getByRole('button', { name: 'Ask', exact: true }).first().click();
  await expect(page.getByText('Reading histories: 120 of 400')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped: nothing was kept of it.')).toBeVisible();
});

test('an id that nobody ever saw is unknown, never asked by itself, and its text stays text', async ({ page, app }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request.url());
  });
  const id = 'right\u202eto <b>left</b>\n"$';
  await page.goto(`${app.url}${pages.patch('default', { kind: 'core', id })}`);
  await expect(page.getByRole('main')).toContainText('Check the spelling');
  await page.getByText('May the old branch go?').click();
  await expect(page.getByText(String.raw`workflow.deprecate_patch("right\u202eto <b>left</b>\n\"$")`)).toBeVisible();
  await expectNoOverflow(page);
  expect(asked).toEqual([]);
});
