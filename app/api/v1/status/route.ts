import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getStatus } from '#server/usecases/status/get-status.ts';

export const GET = serveRoute(apiRoutes.getStatus, (ctx, { query }) => getStatus(ctx, query));
