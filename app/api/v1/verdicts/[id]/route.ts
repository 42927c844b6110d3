import { apiRoutes } from '#server/http/api-routes.ts';
import { serveRoute } from '#server/http/serve-route.ts';
import { getVerdictJob } from '#server/usecases/verdict-jobs/get-verdict-job.ts';

export const GET = serveRoute(apiRoutes.getVerdictJob, (ctx, { query }) => getVerdictJob(ctx, query));
