import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { authorise, factsOf } from '#server/auth/access.ts';
import { CodedError } from '#server/errors.ts';
import type { ApiRoute } from '#server/http/api-route.ts';
import { errorResponse, jsonResponse } from '#server/http/responses.ts';
import { processEnv } from '#server/config/process-env.ts';
import { ctxOf, servedRuntime } from '#server/runtime.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** No request of ours is larger than a manifest of a thousand patches. */
const BODY_LIMIT_BYTES = 1024 * 1024;

const ACTOR_MAX = 200;

interface RouteInput<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  readonly headers: Headers;
}

/** What a use case may say about its answer besides the data. */
export class Reply<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(data: T, status: number, headers: Readonly<Record<string, string>> = {}) {
    this.data = data;
    this.status = status;
    this.headers = headers;
  }
}

type Params = { params: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, context: Params) => Promise<Response>;

/**
 * Makes a Next route handler of a route's description and a use case: authorise → parse → call → check the answer against its
 * own schema → JSON. The result carries `route`, by which a test proves that no handler goes round this.
 */
export function serveRoute<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: ApiRoute<Q, B, R>,
  useCase: (ctx: Ctx, input: RouteInput<z.output<Q>, z.output<B>>) => Promise<z.input<R> | Reply<z.input<R>>>,
): Handler & { readonly route: ApiRoute<Q, B, R> } {
  const handler: Handler = async (request, context) => {
    const requestId = randomUUID();
    let log: Ctx['log'] | undefined;
    try {
      const runtime = await servedRuntime(processEnv);
      log = runtime.log.child({ requestId, route: `${route.method} ${route.path}` });
      authorise(route.access, factsOf(request.headers), runtime.config);
      const ctx: Ctx = { ...ctxOf(runtime, actorOf(request.headers), request.signal), log };
      const answer = await useCase(ctx, {
        query: parse(route.query, { ...queryOf(request), ...(await context.params) }),
        body: parse(route.body, route.method === 'POST' ? await readJson(request) : undefined),
        headers: request.headers,
      });
      const { data, status, headers } = answer instanceof Reply ? answer : new Reply(answer, 200);
      const response = jsonResponse(route.result.parse(data), status, requestId);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    } catch (error) {
      return errorResponse(error, requestId, log);
    }
  };
  return Object.assign(handler, { route });
}

/** Nobody is authenticated yet: a caller may say who it is, and is taken at its word. */
function actorOf(headers: Headers): string {
  const said = headers.get('patchboard-actor')?.trim().slice(0, ACTOR_MAX);
  if (said) return said;
  return headers.has('sec-fetch-site') || headers.has('origin') ? 'browser' : 'api';
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodedError(
    'invalid-request',
    z.prettifyError(parsed.error),
    'The shapes are described at /api/v1/openapi.json.',
  );
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readLimited(request);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CodedError('invalid-request', 'The body is not JSON.', 'Send one JSON object.');
  }
}

async function readLimited(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > BODY_LIMIT_BYTES) {
      throw new CodedError(
        'invalid-request',
        `The body is larger than ${BODY_LIMIT_BYTES} bytes.`,
        'Send less at a time.',
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
