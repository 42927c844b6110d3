import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';

export const GET = serveRoute(apiRoutes.getPatch, (ctx, { query }) => getPatch(ctx, query));
