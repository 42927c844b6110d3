import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { declareFact } from '#server/usecases/declarations/declare-fact.ts';
import { listDeclarations } from '#server/usecases/declarations/list-declarations.ts';

export const GET = serveRoute(apiRoutes.listDeclarations, (ctx, { query }) => listDeclarations(ctx, query));

export const POST = serveRoute(apiRoutes.declareFact, (ctx, { query, body }) =>
  declareFact(ctx, { ...query, ...body }),
);
