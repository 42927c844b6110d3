import { CodedError } from '#server/errors.ts';
import { apiRoutes } from '#server/http/api-routes.ts';
import { Reply, serveRoute } from '#server/http/serve-route.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';

export const GET = serveRoute(apiRoutes.listChanges, (ctx, { query }) => listChanges(ctx, query));

export const POST = serveRoute(apiRoutes.applyChange, async (ctx, { query, body, headers }) => {
  const idempotencyKey = headers.get('idempotency-key');
  if (!idempotencyKey) {
    throw new CodedError(
      'key-missing',
      'A change needs an Idempotency-Key header.',
      'Send a fresh UUID; repeat it only to ask about the same change.',
    );
  }
  const change = await applyChange(ctx, { ...query, ...body, idempotencyKey });
  return new Reply(change, change.outcome === null ? 202 : 200);
});
