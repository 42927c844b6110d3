/** Epoch milliseconds as the API writes them: RFC 3339 UTC with milliseconds. null stays null. */
export function timestampOf(ms: number): string;
export function timestampOf(ms: number | null): string | null;
export function timestampOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
