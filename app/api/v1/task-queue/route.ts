import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';

export const GET = serveRoute(apiRoutes.getTaskQueue, (ctx, { query }) => getTaskQueue(ctx, query));
