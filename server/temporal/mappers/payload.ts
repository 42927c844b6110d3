import type { temporal } from '@temporalio/proto';
import type { RawPayload } from '#lib/domain/history/events.ts';

type Payload = temporal.api.common.v1.Payload.$Properties;

const NO_BYTES = new Uint8Array();
/** An encoding that is no text is some encoding: null would read as none, which old markers have. */
const NOT_TEXT = 'not-text';
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toRawPayload(payload: Payload): RawPayload {
  return { encoding: encodingOf(payload), data: payload.data ?? NO_BYTES };
}

function encodingOf(payload: Payload): string | null {
  const bytes = payload.metadata?.encoding;
  if (!bytes) return null;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return NOT_TEXT;
  }
}

/**
 * The texts of a KeywordList search attribute. SQLite visibility gives a list of one as a bare string
 * (`sqlplugin/sqlite/visibility.go`). Anything else than texts is left out.
 */
export function toKeywords(payload: Payload | null | undefined): string[] {
  if (!payload?.data) return [];
  const value = parsed(payload.data);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8'));
  } catch {
    return null;
  }
}
