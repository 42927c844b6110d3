import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';

export const GET = serveRoute(apiRoutes.listPatches, (ctx, { query }) => listPatches(ctx, query));
