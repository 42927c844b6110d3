import type { RawPayload } from '#lib/domain/history/events.ts';
import { decodeJson } from '#lib/domain/patches/marker-details.ts';

/**
 * The values of a TemporalChangeVersion payload: a list, or one bare string (SQLite visibility stores a list of one so). Empty when
 * the payload is neither: labels find runs and never clear one, so nothing is taken from a list that can not be read.
 */
export function decodeLabels(payload: RawPayload): readonly string[] {
  const decoded = decodeJson(payload);
  if ('reason' in decoded) return [];
  const { json } = decoded.value;
  const values: readonly unknown[] = Array.isArray(json) ? json : [json];
  return values.every((value) => typeof value === 'string') ? values : [];
}

export interface VersionLabel {
  readonly id: string;
  readonly version: number;
}

/**
 * The change ids that a label of GetVersion, `<change id>-<version>`, may stand for, parsed from the right as ids hold hyphens
 * themselves. Two readings only for `a--1`: version 1 of `a-`, or DefaultVersion (-1) of `a`. Empty: no such label.
 */
export function parseVersionLabel(label: string): readonly VersionLabel[] {
  const [, id, digits] = /^(.*)-(\d+)$/s.exec(label) ?? [];
  if (id === undefined || digits === undefined) return [];
  const version = Number(digits);
  // Go and Java print versions without leading zeros: `a-01` is no label of theirs.
  if (!Number.isSafeInteger(version) || String(version) !== digits) return [];
  const isDefaultVersionToo = id.endsWith('-') && version === 1;
  return isDefaultVersionToo
    ? [
        { id, version },
        { id: id.slice(0, -1), version: -1 },
      ]
    : [{ id, version }];
}
