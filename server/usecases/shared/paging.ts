import { compareText } from '#lib/domain/census/compare-text.ts';
import { CodedError } from '#server/errors.ts';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * One page of a list, ordered by key. The cursor names the last key given, not a place: items that come or go between two pages
 * never make another one appear twice or be skipped. Throws `invalid-request` for a cursor that is none of ours.
 */
export function pageOf<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  { limit, cursor }: PageRequest,
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const after = cursor === undefined ? null : decode(cursor);
  const keyed = Array.from(items, (item) => ({ key: keyOf(item), item }));
  const rest = keyed
    .filter(({ key }) => after === null || compareText(key, after) > 0)
    .sort((left, right) => compareText(left.key, right.key));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor: rest.length > limit && last ? encode(last.key) : null,
  };
}

function encode(key: string): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string): string {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof key === 'string') return key;
  } catch {
    // Told below, like every other cursor that is not a key.
  }
  throw new CodedError('invalid-request', 'The cursor is none that Patchboard gave.', 'Begin again without a cursor.');
}
