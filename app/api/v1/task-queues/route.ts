import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { listTaskQueues } from '#server/usecases/task-queues/list-task-queues.ts';

export const GET = serveRoute(apiRoutes.listTaskQueues, (ctx, { query }) => listTaskQueues(ctx, query));
