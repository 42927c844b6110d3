import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { stopVerdictJob } from '#server/usecases/verdict-jobs/stop-verdict-job.ts';

export const POST = serveRoute(apiRoutes.stopVerdictJob, (ctx, { query }) => stopVerdictJob(ctx, query));
