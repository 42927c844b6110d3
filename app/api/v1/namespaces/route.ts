import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { listNamespaces } from '#server/usecases/status/list-namespaces.ts';

export const GET = serveRoute(apiRoutes.listNamespaces, (ctx) => listNamespaces(ctx));
