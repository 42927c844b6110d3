import { Agent, request } from 'node:http';
import { expect, test } from '#e2e/fixtures.ts';
import { changePlanSchema } from '#lib/api/changes/schemas.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { api } from '#lib/routes.ts';

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS'];
const CONTENT_TYPES = [
  null,
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json',
];
const ORIGINS = [null, 'own', 'null', 'https://evil.example', 'file://', 'http://127.0.0.1:1', 'suffix'];
const SITES = [null, 'cross-site', 'same-site', 'none', 'same-origin'];
const HOSTS = ['own', 'evil.example', 'localhost.evil.example', '127.0.0.1.nip.io'];

/** What a mutation of this page, or of a program that is no browser, looks like: the only requests that may change anything. */
function mayChange(shape: Shape): boolean {
  const { method, contentType, origin, site, host } = shape;
  return (
    method === 'POST' &&
    contentType === 'application/json' &&
    (origin === null || origin === 'own') &&
    (site === null || site === 'same-origin') &&
    host === 'own'
  );
}

interface Shape {
  readonly method: string;
  readonly contentType: string | null;
  readonly origin: string | null;
  readonly site: string | null;
  readonly host: string;
}

const SHAPES: readonly Shape[] = METHODS.flatMap((method) =>
  CONTENT_TYPES.flatMap((contentType) =>
    ORIGINS.flatMap((origin) =>
      SITES.flatMap((site) => HOSTS.map((host) => ({ method, contentType, origin, site, host }))),
    ),
  ),
);

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** By node:http, which sends any Host and Origin. @returns the status */
function send(url: string, shape: Shape, body: string, key: string): Promise<number> {
  const own = new URL(url);
  const host = shape.host === 'own' ? own.host : shape.host;
  const origins: Record<string, string> = { own: own.origin, suffix: `${own.origin}.evil.example` };
  const headers = {
    host,
    'idempotency-key': key,
    ...(shape.contentType === null ? {} : { 'content-type': shape.contentType }),
    ...(shape.origin === null ? {} : { origin: origins[shape.origin] ?? shape.origin }),
    ...(shape.site === null ? {} : { 'sec-fetch-site': shape.site }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: shape.method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(['GET', 'HEAD', 'OPTIONS'].includes(shape.method) ? undefined : body);
  });
}

test('no request that another site can cause changes anything, whatever it claims to be', async ({ app, guide }) => {
  test.slow();
  const taskQueue = 'cross-site';
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'mine' });
  const wish = { taskQueue, operation: { kind: 'add-new-default', buildId: 'theirs' }, reason: '' };
  const plan = await fetchJson(`${app.url}${api.changePlans('default')}`, changePlanSchema, { body: wish });
  const apply = JSON.stringify({ planId: plan.id, confirm: 'theirs' });
  const addresses: readonly [string, string][] = [
    [`${app.url}${api.changes('default')}`, apply],
    [`${app.url}${api.changePlans('default')}`, JSON.stringify(wish)],
  ];
  const foreign = SHAPES.filter((shape) => !mayChange(shape));
  for (const [url, body] of addresses) {
    const statuses = await Promise.all(foreign.map((shape, index) => send(url, shape, body, `foreign-${index}`)));
    // A read gives no other site anything and changes nothing; everything else must be turned away.
    const accepted = foreign.filter(({ method }, index) => {
      const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
      return !isRead && ![400, 403, 405, 415].includes(statuses[index] ?? 0);
    });
    expect(accepted, url).toEqual([]);
  }
  expect(foreign.length).toBeGreaterThan(4_000);
  const sets = (await guide.client.getSets(taskQueue)).versionSets.map((set) => set.buildIds);
  expect(sets).toEqual([['mine']]);

  // The same requests would have been accepted from here: the plan and the body were good ones.
  const own = SHAPES.filter(mayChange);
  expect(own).toHaveLength(4);
  for (const shape of own) expect(await send(addresses[0]?.[0] ?? '', shape, apply, 'own')).toBe(200);
  expect((await guide.client.getSets(taskQueue)).versionSets.map((set) => set.buildIds)).toEqual([
    ['mine'],
    ['theirs'],
  ]);
});
