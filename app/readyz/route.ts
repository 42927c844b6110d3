import { processEnv } from '#server/config/process-env.ts';
import { readiness } from '#server/http/readiness.ts';

/** Readiness: the store opens and the process is not on its way down. */
export async function GET(): Promise<Response> {
  const { isReady, reason } = await readiness(processEnv);
  return Response.json(
    { status: isReady ? 'ready' : 'not-ready', reason },
    { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}

export const dynamic = 'force-dynamic';
