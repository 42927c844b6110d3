import type { z } from 'zod';
import type { Access } from '#server/auth/access.ts';

/** One route of the API as data: the wrapper, the OpenAPI document and the access test all read it. */
export interface ApiRoute<Query extends z.ZodType, Body extends z.ZodType, Result extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** OpenAPI spelling, e.g. `/api/v1/changes/{id}`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  /** Path and query parameters together, by name. */
  readonly query: Query;
  readonly body: Body;
  readonly result: Result;
  /** Answers by status, for the document, where they are more than 200 with `result`. */
  readonly answers?: Readonly<Record<number, RouteAnswer>>;
}

export interface RouteAnswer {
  readonly description: string;
  readonly schema: z.ZodType;
  /** What the Location header names; without it there is none. */
  readonly location?: string;
}

export type AnyApiRoute = ApiRoute<z.ZodType, z.ZodType, z.ZodType>;
