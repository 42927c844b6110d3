import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { askWhatIf } from '#server/usecases/changes/what-if.ts';

export const POST = serveRoute(apiRoutes.whatIf, (ctx, { query, body }) => askWhatIf(ctx, { ...query, ...body }));
