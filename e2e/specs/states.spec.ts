import { status } from '@grpc/grpc-js';
import { expect, test } from '#e2e/fixtures.ts';
import { startPatchboard } from '#e2e/harness/app.ts';
import { freePort } from '#e2e/harness/ports.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { startSyntheticFrontend } from '#e2e/scale/synthetic-frontend.ts';
import { pages } from '#lib/routes.ts';

const REFUSED = { fault: 'status', code: status.UNAUTHENTICATED, message: 'Request unauthorized.' } as const;

test('an unreachable Temporal: what, where and what next, with a retry', async ({ page }) => {
  const address = `127.0.0.1:${await freePort()}`;
  await using app = await startPatchboard({ address });
  await page.goto(`${app.url}${pages.queue('default', 'orders')}`);
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText(address);
  await expect(alert).toContainText('temporal-unreachable');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.goto(`${app.url}${pages.status('default')}`);
  await expect(page.getByRole('main')).toContainText('does not answer');
});

test('refused credentials are told apart from an unreachable server', async ({ page }) => {
  await using frontend = await startSyntheticFrontend({
    handlers: {
      GetSystemInfo: () => REFUSED,
      GetClusterInfo: () => REFUSED,
      DescribeNamespace: () => REFUSED,
      GetWorkerBuildIdCompatibility: () => REFUSED,
      ListWorkflowExecutions: () => REFUSED,
      DescribeTaskQueue: () => REFUSED,
      ListTaskQueuePartitions: () => REFUSED,
    },
  });
  await using app = await startPatchboard({
    address: frontend.address,
    env: { TEMPORAL_API_KEY: 'secret-of-the-test', TEMPORAL_TLS: 'false' },
  });
  await page.goto(`${app.url}${pages.queue('default', 'orders')}`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('credentials-refused');
  expect(await page.content()).not.toContain('secret-of-the-test');
});

test('TLS against a plaintext server names the setting', async ({ page, temporal }) => {
  await using app = await startPatchboard({ address: temporal.address, env: { TEMPORAL_TLS: 'true' } });
  await page.goto(`${app.url}${pages.queue('default', 'orders')}`);
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('tls-mismatch');
  await expect(alert).toContainText('TEMPORAL_TLS');
});

test('version sets off: every page works, and the exact setting is shown', async ({ page }) => {
  await using server = await startTemporalServer({
    version: 'newest',
    dynamicConfig: { 'frontend.workerVersioningDataAPIs': false },
  });
  await using app = await startPatchboard({ address: server.address });
  for (const address of [pages.overview('default'), pages.queue('default', 'orders'), pages.status('default')]) {
    await page.goto(`${app.url}${address}`);
    await expect(page.getByRole('main')).toContainText('frontend.workerVersioningDataAPIs: true');
  }
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
});

test('a server that goes away leaves the page readable, marked stale', async ({ page }) => {
  const server = await startTemporalServer({ version: 'newest' });
  await using app = await startPatchboard({ address: server.address });
  await page.goto(`${app.url}${pages.queue('default', 'orders')}`);
  await expect(page.getByRole('heading', { name: 'Version sets' })).toBeVisible();
  await server[Symbol.asyncDispose]();
  await expect(page.getByText('Stale.', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'Version sets' })).toBeVisible();
});

test('read-only: changes are not offered, and the server refuses them', async ({ page, temporal, guide }) => {
  await guide.client.updateSets('read-only', { kind: 'add-new-default', buildId: 'one' });
  await using app = await startPatchboard({ address: temporal.address, env: { PATCHBOARD_READ_ONLY: 'true' } });
  await page.goto(`${app.url}${pages.queue('default', 'read-only')}`);
  await expect(page.getByRole('main')).toContainText('Changes are off');
  await expect(page.getByRole('button', { name: 'Add a new set' })).toHaveCount(0);
  const response = await page.request.post(`${app.url}/api/v1/changes?namespace=default`, {
    data: { planId: 'x', confirm: true },
    headers: { 'idempotency-key': 'k' },
  });
  expect(response.status()).toBe(403);
  expect((await guide.client.getSets('read-only')).versionSets).toHaveLength(1);
});

test('links to commits and to Temporal’s own UI appear where a pattern is configured', async ({
  page,
  temporal,
  guide,
}) => {
  await guide.client.updateSets('linked', { kind: 'add-new-default', buildId: 'dead/beef' });
  await using app = await startPatchboard({
    address: temporal.address,
    env: {
      PATCHBOARD_COMMIT_URL: 'https://git.example/commit/{buildId}',
      PATCHBOARD_TEMPORAL_UI_URL: 'https://ui.example/namespaces/{namespace}/workflows/{workflowId}/{runId}',
    },
  });
  await page.goto(`${app.url}${pages.queue('default', 'linked')}`);
  await expect(page.getByRole('link', { name: /commit/ })).toHaveAttribute(
    'href',
    'https://git.example/commit/dead%2Fbeef',
  );
  await expect(page.getByRole('link', { name: /Temporal UI/ })).toHaveAttribute(
    'href',
    'https://ui.example/namespaces/default/task-queues/linked',
  );
});
