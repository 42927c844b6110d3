/** Joins class names; falsy parts are left out. Later classes do not override earlier ones: give each concern one owner. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}
