import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiRoutes } from '#server/http/api-routes.ts';
import type { AnyApiRoute } from '#server/http/api-route.ts';
import { openApiDocument } from '#server/http/openapi.ts';

/** The only handlers that need no access decision: constant or without data. */
const OPEN = ['/api/v1/openapi.json', '/healthz', '/readyz'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** POSTs that change nothing, in Temporal or in the store's declarations, and so may be asked of a read-only Patchboard. */
const QUESTIONS = ['/api/v1/verdicts', '/api/v1/verdicts/{id}/stop', '/api/v1/what-ifs'];

/** Whoever adds a route says here once more that its POST is a question; every other POST is a change. */
function accessOf({ method, path }: AnyApiRoute): AnyApiRoute['access'] {
  if (method === 'GET') return 'read';
  return QUESTIONS.includes(path) ? 'ask' : 'mutate';
}

const files = globSync('app/**/route.ts');
const known: readonly AnyApiRoute[] = Object.values(apiRoutes);

async function handlersOf(file: string): Promise<Record<string, unknown>> {
  return (await import(resolve(file))) as Record<string, unknown>;
}

function addressOf(file: string): string {
  return file
    .replace(/^app/, '')
    .replace(/\/route\.ts$/, '')
    .replaceAll(/\[(\w+)\]/g, '{$1}');
}

describe('route handlers', () => {
  it.each(files)('%s goes through the access decision, under its own address', async (file) => {
    const handlers = await handlersOf(file);
    for (const method of METHODS) {
      const handler = handlers[method];
      if (handler === undefined || OPEN.includes(addressOf(file))) continue;
      expect(handler).toHaveProperty('route');
      const { route } = handler as { route: AnyApiRoute };
      expect(known).toContain(route);
      expect({ method: route.method, path: route.path }).toEqual({ method, path: addressOf(file) });
      expect(accessOf(route)).toBe(route.access);
    }
  });

  it('serves every route of the table', () => {
    const served = new Set(files.map(addressOf));
    for (const route of known) expect(served).toContain(route.path);
  });

  it('describes every route in the OpenAPI document', () => {
    const paths = openApiDocument('0.0.0').paths ?? {};
    for (const route of known) expect(paths[route.path]).toHaveProperty(route.method.toLowerCase());
  });
});
