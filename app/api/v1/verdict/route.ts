import { api } from '#lib/routes.ts';
import { authorise, factsOf } from '#server/auth/access.ts';
import { apiRoutes } from '#server/http/api-routes.ts';
import { Reply, serveRoute } from '#server/http/serve-route.ts';
import { askQuestion } from '#server/usecases/verdict-jobs/ask-question.ts';
import { getVerdict } from '#server/usecases/verdict-jobs/get-verdict.ts';

export const GET = serveRoute(apiRoutes.getVerdict, async (ctx, { query, headers }) => {
  const stored = await getVerdict(ctx, query);
  if (stored !== null) return stored;
  // From here on it spends calls: another site may not start that, though a GET needs no content type.
  authorise('ask', { ...factsOf(headers), contentType: 'application/json' }, ctx.config);
  const { namespace, kind, id, question, min, workflowType, policy } = query;
  const request = { patch: { kind, id }, question, min, workflowType, policy, mode: 'full' } as const;
  const job = await askQuestion(ctx, { namespace, request });
  return new Reply(job, 202, { location: api.verdictJob(namespace, job.id) });
});
