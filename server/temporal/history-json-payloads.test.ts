import { describe, expect, it } from 'vitest';
import { parseHistoryEvent } from '#server/temporal/history-json.ts';
import { at, b64, parseMarker } from '#server/temporal/testing/json-event.ts';

const JSON_PLAIN = { encoding: b64('json/plain') };

describe('payloads', () => {
  const plain = { encoding: 'json/plain', data: Buffer.from('{"id":"a"}') };

  it.each<[string, unknown, { encoding: string | null; data: Uint8Array }]>([
    ['proto JSON', { payloads: [{ metadata: JSON_PLAIN, data: b64('{"id":"a"}') }] }, plain],
    [
      'without padding',
      { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg' }, data: b64('{"id":"a"}').replace(/=/g, '') }] },
      plain,
    ],
    ["Temporal UI's readable form", { payloads: [{ metadata: { encoding: 'json/plain' }, data: { id: 'a' } }] }, plain],
    ["the command line's shorthand", [{ id: 'a' }], plain],
    ['raw inside shorthand', [{ metadata: JSON_PLAIN, data: b64('{"id":"a"}') }], plain],
    ['no encoding', { payloads: [{ data: b64('my') }] }, { encoding: null, data: Buffer.from('my') }],
    [
      'no data',
      { payloads: [{ metadata: { encoding: b64('binary/null') } }] },
      { encoding: 'binary/null', data: Buffer.of() },
    ],
  ])('reads %s', (_, value, expected) => {
    const parsed = parseMarker({ 'patch-data': value });
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    const [payload] = parsed.event.details['patch-data'] ?? [];
    expect({ encoding: payload?.encoding, data: Buffer.from(payload?.data ?? []) }).toEqual({
      encoding: expected.encoding,
      data: Buffer.from(expected.data),
    });
  });

  it.each<[string, unknown]>([
    ['data that are not base64', { payloads: [{ metadata: JSON_PLAIN, data: '{"id"' }] }],
    ['base64 of impossible length', { payloads: [{ metadata: JSON_PLAIN, data: 'abcde' }] }],
    ['data of another kind', { payloads: [{ metadata: JSON_PLAIN, data: 5 }] }],
    ['an encoding that is not base64', { payloads: [{ metadata: { encoding: '?' }, data: b64('{}') }] }],
    ['an encoding that is not text', { payloads: [{ metadata: { encoding: '/w==' }, data: b64('a') }] }],
    ['readable data without the stored bytes', { payloads: [{ metadata: { encoding: 'binary/plain' }, data: 123 }] }],
    ['readable form without data', { payloads: [{ metadata: { encoding: 'json/plain' } }] }],
    ['payloads of another kind', { payloads: 'x' }],
    ['details of another kind', 'x'],
  ])('keeps a payload that no decoder reads: %s', (_, value) => {
    const parsed = parseMarker({ patch_id: value });
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    expect(parsed.event.details.patch_id).toHaveLength(1);
    expect(['json/plain', 'binary/plain', null]).not.toContain(parsed.event.details.patch_id?.[0]?.encoding);
  });

  it('never lets a readable number become another one', () => {
    const text = JSON.stringify({
      ...at,
      eventType: 25,
      markerRecordedEventAttributes: { details: { version: ['N'] } },
    });
    const parsed = parseHistoryEvent(text.replace('"N"', '1.00000000000000000001'));
    if (!('event' in parsed) || parsed.event.type !== 'marker-recorded') throw new Error('no marker');
    expect(Buffer.from(parsed.event.details.version?.[0]?.data ?? []).toString()).toBe('null');
  });
});
