import { api } from '#lib/routes.ts';
import { apiRoutes } from '#server/http/api-routes.ts';
import { Reply, serveRoute } from '#server/http/serve-route.ts';
import { askQuestion } from '#server/usecases/verdict-jobs/ask-question.ts';

export const POST = serveRoute(apiRoutes.askVerdict, async (ctx, { query, body }) => {
  const job = await askQuestion(ctx, { namespace: query.namespace, request: body });
  return new Reply(job, 202, { location: api.verdictJob(job.namespace, job.id) });
});
