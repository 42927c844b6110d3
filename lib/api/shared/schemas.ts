import { z } from 'zod';

/** RFC 3339 UTC with milliseconds, e.g. `2026-11-23T20:00:00.000Z`. */
export const timestampSchema = z.iso.datetime({ precision: 3 });

/** A name from Temporal: any text, at most what the server itself takes. Travels in the query string. */
export const nameSchema = z.string().min(1).max(1000);

export const patchKindSchema = z.enum(['core', 'version']);

export const patchRefSchema = z.strictObject({ kind: patchKindSchema, id: nameSchema });

/**
 * How old and how complete a picture is. `from`…`to` is the reading interval of the newest finished pass, null before the first.
 * Counts without a finished pass are partial and say so.
 */
export const pictureSchema = z.object({
  from: timestampSchema.nullable(),
  to: timestampSchema.nullable(),
  /** Open runs listed in the newest pass. */
  runsListed: z.int().nonnegative(),
  /** Of them, how many histories were read at least once. */
  historiesRead: z.int().nonnegative(),
  /** False while the first pass is under way or when the newest pass could not list everything. */
  isListComplete: z.boolean(),
  /** Why the picture does not advance now, null when it does. */
  trouble: z.string().nullable(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** Every list of the API. `nextCursor` null: no more. */
export function listSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    asOf: timestampSchema.nullable(),
    picture: pictureSchema,
  });
}

export const limitSchema = z.coerce.number().int().min(1).max(1000).default(100);
