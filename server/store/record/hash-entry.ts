import { createHash } from 'node:crypto';
import type { RecordTable } from '#server/store/tables.ts';

/** What the first entry has for the hash before it. */
export const FIRST_PREVIOUS = '0'.repeat(64);

/**
 * SHA-256, in hex, of the UTF-8 text of a JSON array of the entry's fields in this order, written without spaces. docs/record.md
 * shows it in another language: whoever holds the file can count it again.
 */
export function entryHash(row: Readonly<Omit<RecordTable, 'hash'>>): string {
  const fields = [
    row.number,
    row.at_ms,
    row.kind,
    row.namespace,
    row.task_queue,
    row.change_id,
    row.idempotency_key,
    row.body,
    row.previous,
  ];
  return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex');
}
