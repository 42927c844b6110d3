import { describe, expect, it } from 'vitest';
import type { RawPayload } from '#lib/domain/history/events.ts';
import { decodeMarker, type MarkerEvent } from '#lib/domain/patches/decode-marker.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (text: string): RawPayload[] => [{ encoding: 'json/plain', data: bytes(text) }];
const raw = (data: Uint8Array, encoding: string | null = 'binary/plain'): RawPayload[] => [{ encoding, data }];

function marker(markerName: string, details: MarkerEvent['details']): MarkerEvent {
  return { type: 'marker-recorded', eventId: 7, timeMs: 1000, workflowTaskCompletedEventId: 4, markerName, details };
}

const core = (details: MarkerEvent['details']) => decodeMarker(marker('core_patch', details));
const version = (details: MarkerEvent['details']) => decodeMarker(marker('Version', details));
const found = (part: object) => ({ marker: { eventId: 7, timeMs: 1000, workflowTaskCompletedEventId: 4, ...part } });
const unreadable = (reason: string) => ({ unreadable: { eventId: 7, reason } });

describe('core markers', () => {
  it('reads the format of today', () => {
    expect(core({ 'patch-data': json('{"id":"my-patch","deprecated":false}') })).toEqual(
      found({ kind: 'core', id: 'my-patch', deprecated: false, version: null }),
    );
    expect(core({ 'patch-data': json('{"deprecated":true,"id":"","more":[{"id":1}]}') })).toEqual(
      found({ kind: 'core', id: '', deprecated: true, version: null }),
    );
  });

  it('reads the two keys of before 2023, with and without an encoding', () => {
    expect(core({ patch_id: raw(bytes('päth')), deprecated: raw(Uint8Array.of(1)) })).toEqual(
      found({ kind: 'core', id: 'päth', deprecated: true, version: null }),
    );
    expect(core({ patch_id: raw(bytes('{"id":1}'), null), deprecated: raw(Uint8Array.of(0), null) })).toEqual(
      found({ kind: 'core', id: '{"id":1}', deprecated: false, version: null }),
    );
  });

  it('keeps a byte order mark as part of an id', () => {
    const id = '\uFEFFa';
    const expected = found({ kind: 'core', id, deprecated: false, version: null });
    expect(core({ patch_id: raw(bytes(id)), deprecated: raw(Uint8Array.of(0)) })).toEqual(expected);
    expect(core({ 'patch-data': json(`{"id":"${id}","deprecated":false}`) })).toEqual(expected);
  });

  it.each<[string, MarkerEvent['details'], string]>([
    ['no details', {}, 'details-missing'],
    ['other details', { data: json('1') }, 'details-missing'],
    ['an empty list', { 'patch-data': [] }, 'details-missing'],
    ['two payloads', { 'patch-data': [...json('{}'), ...json('{}')] }, 'details-missing'],
    ['an encrypted payload', { 'patch-data': raw(bytes('{}'), 'binary/encrypted') }, 'encrypted-or-encoded'],
    ['no encoding', { 'patch-data': raw(bytes('{"id":"a","deprecated":true}'), null) }, 'encrypted-or-encoded'],
    ['text that is not JSON', { 'patch-data': json('my-patch') }, 'not-json'],
    ['NaN', { 'patch-data': json('NaN') }, 'not-json'],
    ['bytes that are not UTF-8', { 'patch-data': raw(Uint8Array.of(0x22, 0xff, 0x22), 'json/plain') }, 'not-json'],
    ['a repeated key', { 'patch-data': json('{"id":"a","id":"b","deprecated":true}') }, 'not-json'],
    ['a key repeated by escape', { 'patch-data': json('{"id":"a","\\u0069d":"b","deprecated":true}') }, 'not-json'],
    ['a list', { 'patch-data': json('["a",false]') }, 'id-missing'],
    ['null', { 'patch-data': json('null') }, 'id-missing'],
    ['a numeric id', { 'patch-data': json('{"id":1,"deprecated":true}') }, 'id-missing'],
    ['an id by prototype', { 'patch-data': json('{"__proto__":{"id":"a"},"deprecated":true}') }, 'id-missing'],
    ['no flag', { 'patch-data': json('{"id":"a"}') }, 'deprecated-missing'],
    ['a flag as text', { 'patch-data': json('{"id":"a","deprecated":"false"}') }, 'deprecated-missing'],
    ['a flag as number', { 'patch-data': json('{"id":"a","deprecated":1}') }, 'deprecated-missing'],
    ['only an old id', { patch_id: raw(bytes('a')) }, 'deprecated-missing'],
    ['only an old flag', { deprecated: raw(Uint8Array.of(1)) }, 'id-missing'],
    ['an old flag of two bytes', { patch_id: raw(bytes('a')), deprecated: raw(bytes('10')) }, 'deprecated-missing'],
    ['an old flag "0"', { patch_id: raw(bytes('a')), deprecated: raw(bytes('0')) }, 'deprecated-missing'],
    ['an old id not in UTF-8', { patch_id: raw(Uint8Array.of(0xff)), deprecated: raw(Uint8Array.of(1)) }, 'id-missing'],
    [
      'an encrypted old id',
      { patch_id: raw(bytes('a'), 'binary/encrypted'), deprecated: raw(Uint8Array.of(1)) },
      'encrypted-or-encoded',
    ],
    [
      'a bad new key beside good old ones',
      { 'patch-data': json('{}'), patch_id: raw(bytes('a')), deprecated: raw(Uint8Array.of(1)) },
      'id-missing',
    ],
  ])('is unreadable with %s', (_, details, reason) => {
    expect(core(details)).toEqual(unreadable(reason));
  });

  it("hides the TypeScript SDK's own patches and only these", () => {
    const own = '__temporal_internal_connect_external_handle_cancel_to_scope';
    expect(core({ 'patch-data': json(`{"id":"${own}","deprecated":false}`) })).toBeNull();
    expect(core({ 'patch-data': json('{"id":"__sdk_internal_patch_number:1","deprecated":false}') })).toBeNull();
    expect(core({ 'patch-data': json('{"id":"__sdk_internal_patch_number:12","deprecated":false}') })).not.toBeNull();
    expect(version({ 'change-id': json(`"${own}"`), version: json('1') })).not.toBeNull();
  });
});

describe('GetVersion markers', () => {
  it.each(['change-id', 'changeId'])('reads %s', (key) => {
    const extra = { 'version-search-attribute-updated': json('false'), versionSearchAttributeUpdated: json('true') };
    expect(version({ [key]: json('"rail"'), version: json('2'), ...extra })).toEqual(
      found({ kind: 'version', id: 'rail', deprecated: null, version: 2 }),
    );
    expect(version({ [key]: json('"rail"'), version: json(' -1\n') })).toEqual(
      found({ kind: 'version', id: 'rail', deprecated: null, version: -1 }),
    );
  });

  it.each<[string, MarkerEvent['details'], string]>([
    ['no details', {}, 'details-missing'],
    ['no id', { version: json('1') }, 'id-missing'],
    ['both spellings of the id', { 'change-id': json('"a"'), changeId: json('"b"'), version: json('1') }, 'id-missing'],
    ['a numeric id', { 'change-id': json('1'), version: json('1') }, 'id-missing'],
    ['an unquoted id', { 'change-id': json('a'), version: json('1') }, 'not-json'],
    ['an id as raw bytes', { 'change-id': raw(bytes('"a"')), version: json('1') }, 'encrypted-or-encoded'],
    ['an encrypted version', { 'change-id': json('"a"'), version: raw(bytes('1'), 'b') }, 'encrypted-or-encoded'],
    ['no version', { 'change-id': json('"a"') }, 'version-missing'],
    ['no payload of the version', { 'change-id': json('"a"'), version: [] }, 'version-missing'],
    ['a version as text', { 'change-id': json('"a"'), version: json('"1"') }, 'version-missing'],
    ['a version as list', { 'change-id': json('"a"'), version: json('[1]') }, 'version-missing'],
    ['a fraction', { 'change-id': json('"a"'), version: json('1.5') }, 'version-missing'],
    [
      'a fraction lost in rounding',
      { 'change-id': json('"a"'), version: json('1.00000000000000000001') },
      'version-missing',
    ],
    ['an infinite version', { 'change-id': json('"a"'), version: json('1e999') }, 'version-missing'],
    ['minus zero', { 'change-id': json('"a"'), version: json('-0') }, 'version-missing'],
    ['more than 53 bits', { 'change-id': json('"a"'), version: json('9007199254740993') }, 'version-missing'],
    ['a boolean version', { 'change-id': json('"a"'), version: json('true') }, 'version-missing'],
  ])('is unreadable with %s', (_, details, reason) => {
    expect(version(details)).toEqual(unreadable(reason));
  });
});

describe('other markers', () => {
  it.each(['core_local_activity', 'SideEffect', 'LocalActivity', 'version', 'Core_patch', '', '__proto__'])(
    'takes nothing from %j',
    (name) => {
      const details = { 'patch-data': json('{"id":"a","deprecated":true}'), changeId: json('"a"'), version: json('1') };
      expect(decodeMarker(marker(name, details))).toBeNull();
    },
  );

  it('finds no detail on the prototype', () => {
    const inherited: MarkerEvent['details'] = Object.create({ 'patch-data': json('{"id":"a","deprecated":true}') });
    expect(core(inherited)).toEqual(unreadable('details-missing'));
  });
});
