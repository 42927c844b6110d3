import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getChangeItem } from '#server/usecases/changes/get-change.ts';

export const GET = serveRoute(apiRoutes.getChange, (ctx, { query }) => getChangeItem(ctx, query));
