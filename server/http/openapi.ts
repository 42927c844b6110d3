import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorBodySchema } from '#lib/api/shared/errors.ts';
import type { AnyApiRoute } from '#server/http/api-route.ts';
import { apiRoutes } from '#server/http/api-routes.ts';

/** The OpenAPI 3.1 document of /api/v1, made from the same zod schemas that parse and check every request and answer. */
export function openApiDocument(version: string) {
  const routes: readonly AnyApiRoute[] = Object.values(apiRoutes);
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Patchboard',
      version,
      description: 'Version sets and patches of a Temporal namespace. Names travel in the query string.',
    },
    paths,
  });
}

function operation(route: AnyApiRoute) {
  const shape = route.query instanceof z.ZodObject ? route.query.shape : {};
  const isInPath = (name: string) => route.path.includes(`{${name}}`);
  const entries = Object.entries(shape);
  return {
    summary: route.summary,
    requestParams: {
      path: z.object(Object.fromEntries(entries.filter(([name]) => isInPath(name)))),
      query: z.object(Object.fromEntries(entries.filter(([name]) => !isInPath(name)))),
      ...(route.path === '/api/v1/changes' && route.method === 'POST'
        ? {
            header: z.object({
              'Idempotency-Key': z.string().describe('Same key and body: the same change, applied once'),
            }),
          }
        : {}),
    },
    ...(route.method === 'POST'
      ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
      : {}),
    responses: {
      ...answersOf(route),
      default: {
        description: 'An error with its code and the next step',
        content: { 'application/json': { schema: errorBodySchema } },
      },
    },
  };
}

/** A route that names its answers gives those and no other. */
function answersOf({ result, answers = { 200: { description: 'OK', schema: result } } }: AnyApiRoute) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, location }]) => [
      status,
      {
        description,
        content: { 'application/json': { schema } },
        ...(location === undefined ? {} : { headers: z.object({ Location: z.string().describe(location) }) }),
      },
    ]),
  );
}
