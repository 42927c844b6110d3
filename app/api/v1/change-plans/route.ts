import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';

export const POST = serveRoute(apiRoutes.planChange, (ctx, { query, body }) => planChange(ctx, { ...query, ...body }));
