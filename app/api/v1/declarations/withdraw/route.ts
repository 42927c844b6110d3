import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { withdrawFact } from '#server/usecases/declarations/withdraw-fact.ts';

export const POST = serveRoute(apiRoutes.withdrawFact, (ctx, { query, body }) =>
  withdrawFact(ctx, { ...query, ...body }),
);
