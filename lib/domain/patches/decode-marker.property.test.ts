import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLabels } from '#lib/domain/patches/decode-labels.ts';
import { decodeMarker, type MarkerEvent } from '#lib/domain/patches/decode-marker.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';

const RUNS = { numRuns: 5000 };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Payload contents near what SDKs write, and far from it. */
const nearId = fc.oneof(fc.string(), fc.constantFrom('"a"', 'a', '"1"', '1', '\uFEFFa', '""'));
const nearData = fc.oneof(
  fc
    .record({ id: fc.oneof(fc.string(), fc.jsonValue()), deprecated: fc.boolean() })
    .map((value) => JSON.stringify(value)),
  fc.record({ id: fc.string(), deprecated: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc.constantFrom('{"id":"a","deprecated":"false"}', '{"id":"a","id":"b","deprecated":true}', 'NaN'),
);
const nearVersion = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('1.0', '01', '-0', '1e999', '"1"', '[1]', 'NaN', ' 3 '),
);
const content = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.constantFrom(Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(2)),
  fc.oneof(nearId, nearData, nearVersion, fc.json()).map(bytesOf),
);
const encoding = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('json/plain', 'binary/plain', null) },
  { weight: 1, arbitrary: fc.string() },
);
const payloads = (data: fc.Arbitrary<Uint8Array>, usual: string) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.record({ encoding: fc.constant<string | null>(usual), data })) },
    { weight: 1, arbitrary: fc.array(fc.record({ encoding, data: content }), { maxLength: 2 }) },
  );

const detail = {
  'patch-data': payloads(nearData.map(bytesOf), 'json/plain'),
  patch_id: payloads(nearId.map(bytesOf), 'binary/plain'),
  deprecated: payloads(fc.constantFrom(Uint8Array.of(0), Uint8Array.of(1)), 'binary/plain'),
  'change-id': payloads(
    fc.string().map((id) => bytesOf(JSON.stringify(id))),
    'json/plain',
  ),
  changeId: payloads(
    fc.string().map((id) => bytesOf(JSON.stringify(id))),
    'json/plain',
  ),
  version: payloads(nearVersion.map(bytesOf), 'json/plain'),
  constructor: payloads(content, 'json/plain'),
};
type Key = keyof typeof detail;

/** The keys of one format, or any, and whatever stands under them. */
const details: fc.Arbitrary<MarkerEvent['details']> = fc
  .oneof(
    fc.constantFrom<Key[][]>(
      ['patch-data'],
      ['patch_id', 'deprecated'],
      ['change-id', 'version'],
      ['changeId', 'version'],
    ),
    fc.subarray(Object.keys(detail) as Key[]),
  )
  .chain((keys) => fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), detail[key]))))
  .map((entries) => Object.fromEntries(entries));

const event: fc.Arbitrary<MarkerEvent> = fc.record({
  type: fc.constant('marker-recorded' as const),
  eventId: fc.nat(),
  timeMs: fc.nat(),
  workflowTaskCompletedEventId: fc.nat(),
  markerName: fc.constantFrom('core_patch', 'Version', 'SideEffect', 'toString'),
  details,
});

describe('decodeMarker on anything', () => {
  it('never throws, and tells only what is stored', () => {
    let markers = 0;
    fc.assert(
      fc.property(event, (candidate) => {
        const decoded = decodeMarker(candidate);
        if (decoded === null || 'unreadable' in decoded) return;
        markers += 1;
        expect(atMostStored(candidate.details)).toContainEqual(pick(decoded.marker));
      }),
      RUNS,
    );
    // The generator must reach what it is about.
    expect(markers).toBeGreaterThan(100);
  });

  it('reads back every core marker as Core writes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (id, deprecated) => {
        const data = Buffer.from(JSON.stringify({ id, deprecated }));
        const today = { 'patch-data': [{ encoding: 'json/plain', data }] };
        const before = {
          patch_id: [{ encoding: 'binary/plain', data: Buffer.from(id) }],
          deprecated: [{ encoding: 'binary/plain', data: Buffer.of(deprecated ? 1 : 0) }],
        };
        for (const details of [today, before]) {
          expect(decodeMarker(coreEvent(details))).toMatchObject({ marker: { kind: 'core', id, deprecated } });
        }
      }),
    );
  });

  it('reads back every GetVersion marker as Go and Java write it', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1 }), fc.boolean(), (id, version, isGo) => {
        const json = (value: unknown) => [{ encoding: 'json/plain', data: Buffer.from(JSON.stringify(value)) }];
        const details = { [isGo ? 'change-id' : 'changeId']: json(id), version: json(version) };
        const decoded = decodeMarker({ ...coreEvent(details), markerName: 'Version' });
        expect(decoded).toMatchObject({ marker: { kind: 'version', id, version } });
      }),
    );
  });
});

describe('decodeLabels on anything', () => {
  it('never throws and gives only text that is there', () => {
    fc.assert(
      fc.property(fc.record({ encoding, data: content }), (candidate) => {
        const text = Buffer.from(candidate.data).toString();
        for (const label of decodeLabels(candidate)) expect([JSON.parse(text)].flat()).toContain(label);
      }),
      RUNS,
    );
  });
});

function coreEvent(details: MarkerEvent['details']): MarkerEvent {
  const place = { eventId: 5, timeMs: 0, workflowTaskCompletedEventId: 4 };
  return { type: 'marker-recorded', markerName: 'core_patch', details, ...place };
}

const pick = ({ id, deprecated, version }: PatchMarker) => ({ id, deprecated, version });

/** Every patch that details could at most stand for, read loosely and by other means than the decoder's. */
function atMostStored(stored: MarkerEvent['details']): unknown[] {
  const texts = (key: string) => (stored[key] ?? []).map(({ data }) => Buffer.from(data).toString('utf8'));
  const values = (key: string) => texts(key).flatMap(tryJson);
  const today = values('patch-data').map((value) => ({ ...Object(value), version: null }));
  const before = texts('patch_id').flatMap((id) =>
    texts('deprecated').map((flag) => ({ id, deprecated: flag === '\u0001', version: null })),
  );
  const ids = [...values('change-id'), ...values('changeId')];
  const versioned = ids.flatMap((id) => values('version').map((version) => ({ id, deprecated: null, version })));
  return [...today.map(({ id, deprecated, version }) => ({ id, deprecated, version })), ...before, ...versioned];
}

function tryJson(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
