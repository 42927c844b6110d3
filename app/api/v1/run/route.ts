import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getRun } from '#server/usecases/runs/get-run.ts';

export const GET = serveRoute(apiRoutes.getRun, (ctx, { query }) => getRun(ctx, query));
