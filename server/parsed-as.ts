import type { z } from 'zod';

/** JSON of the schema's shape; null when it is neither, as in a file edited by hand or written by another version. */
export function parsedAs<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  const parsed = schema.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
