import { resolve } from 'node:path';
import { errorBodySchema } from '#lib/api/shared/errors.ts';

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

interface Init {
  /** Present: POST with this as JSON. */
  readonly body?: unknown;
  readonly headers?: object | undefined;
  /** The part of the path in brackets. */
  readonly id?: string;
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly json: unknown;
}

/** Sends a request to the handlers of `app/api/v1/<file>/route.ts`, in process, as the own page would. `address`: of `api`. */
export async function send(file: string, address: string, { body, headers, id }: Init = {}): Promise<Answer> {
  const method = body === undefined ? 'GET' : 'POST';
  const handlers = (await import(resolve(`app/api/v1/${file}/route.ts`))) as Record<string, Handler>;
  const request = new Request(`http://localhost:3000${address}`, {
    method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handlers[method]?.(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  if (response === undefined) throw new Error(`${file} answers no ${method}`);
  return { status: response.status, location: response.headers.get('location'), json: await response.json() };
}

export function codeOf({ json }: { readonly json: unknown }): string {
  return errorBodySchema.parse(json).error.code;
}
