/** Liveness: this process answers. Says nothing about Temporal, whose outage must not restart us. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}

export const dynamic = 'force-dynamic';
