import { textOf } from '#lib/domain/patches/strict-json.ts';
import type { ProblemAt } from '#server/usecases/inspect/bad-history.ts';
import { BYTE, isSpace } from '#server/usecases/inspect/json-bytes.ts';
import { createOuterJson } from '#server/usecases/inspect/outer-json.ts';
import { createValueScanner, type ValueScanner } from '#server/usecases/inspect/value-scanner.ts';

/** Temporal takes transactions of 4 MB; in JSON, escaped at its worst, that is 24 MB. A bound for memory, not a rule. */
const EVENT_MAX_BYTES = 32 * 1024 * 1024;

/** Proto JSON's own readers stop at 100 to 10,000 levels; failures nest two a cause. */
const EVENT_MAX_DEPTH = 1_000;

const UTF8_BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Splits the JSON of a history into the texts of its events, holding one event at a time. */
export interface EventSplitter {
  /** Bytes may be split anywhere. Throws what `problemAt` made. */
  readonly push: (chunk: Uint8Array) => void;
  /** Throws when the file is cut off or holds no history. */
  readonly end: () => void;
}

interface Sink {
  /** `offset`: first byte of the event. `index`: from 0. */
  readonly onEvent: (text: string, index: number, offset: number) => void;
  readonly problemAt: ProblemAt;
}

type Place = 'outside' | 'before-event' | 'in-event' | 'after-event';

export function createEventSplitter({ onEvent, problemAt }: Sink): EventSplitter {
  const outer = createOuterJson();
  let place: Place = 'outside';
  /** Bytes of the file before the current chunk. */
  let passed = 0;
  let isBegun = false;
  /** Bytes of the byte order mark that were there. */
  let markBytes = 0;
  let events = 0;
  let scanner: ValueScanner = createValueScanner(EVENT_MAX_DEPTH);
  let pieces: Uint8Array[] = [];
  let pieceBytes = 0;
  let eventOffset = 0;

  function push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (place === 'in-event') at = takeEvent(chunk, at);
      else if (place === 'outside') at += takeOutside(chunk[at] ?? 0, passed + at);
      else at += takeBetween(chunk[at] ?? 0, passed + at);
    }
    passed += chunk.length;
  }

  function takeOutside(byte: number, offset: number): number {
    if (!isBegun && mayComeBefore(byte, offset)) return 1;
    if (!isBegun && (isInMark() || (byte !== BYTE.openObject && byte !== BYTE.openList))) {
      throw problemAt(offset, 'is neither JSON ({ or [) nor a binary history');
    }
    if (isBegun && outer.isClosed() && !isSpace(byte)) throw problemAt(offset, 'goes on after the end of its JSON');
    isBegun = true;
    const taken = outer.take(byte);
    if (taken === 'too-long') throw problemAt(offset, 'holds a megabyte of something other than a list of events');
    if (taken === 'list') place = 'before-event';
    return 1;
  }

  /** A byte order mark at the very beginning, then white space. */
  function mayComeBefore(byte: number, offset: number): boolean {
    if (offset !== markBytes || byte !== UTF8_BYTE_ORDER_MARK[offset]) return isSpace(byte) && !isInMark();
    markBytes += 1;
    return true;
  }

  function isInMark(): boolean {
    return markBytes > 0 && markBytes < UTF8_BYTE_ORDER_MARK.length;
  }

  /** @returns how many bytes were taken: none when the byte begins an event and so belongs to it */
  function takeBetween(byte: number, offset: number): number {
    if (isSpace(byte)) return 1;
    if (byte === BYTE.closeList && (place === 'after-event' || events === 0)) {
      outer.closeList();
      place = 'outside';
    } else if (byte === BYTE.comma && place === 'after-event') {
      place = 'before-event';
    } else if (byte === BYTE.openObject && place === 'before-event') {
      scanner = createValueScanner(EVENT_MAX_DEPTH);
      pieces = [];
      pieceBytes = 0;
      eventOffset = offset;
      place = 'in-event';
      return 0;
    } else {
      const expected = place === 'after-event' ? 'a comma or the end of the list' : 'an event ({)';
      throw problemAt(offset, `${expected} should stand here, after ${events} events`);
    }
    return 1;
  }

  /** @returns where to go on in the chunk */
  function takeEvent(chunk: Uint8Array, from: number): number {
    const end = scanner.scan(chunk, from);
    const piece = chunk.subarray(from, end === -1 ? chunk.length : end);
    pieceBytes += piece.length;
    if (pieceBytes > EVENT_MAX_BYTES || scanner.depth() > EVENT_MAX_DEPTH) {
      throw problemAt(eventOffset, `event number ${events + 1} is larger than any event of Temporal`);
    }
    if (end === -1) {
      // A copy: readers use their buffer again.
      pieces.push(piece.slice());
      return chunk.length;
    }
    const text = textOf(pieces.length === 0 ? piece : Buffer.concat([...pieces, piece]));
    if (text === null) throw problemAt(eventOffset, `event number ${events + 1} is not UTF-8`);
    pieces = [];
    place = 'after-event';
    events += 1;
    onEvent(text, events - 1, eventOffset);
    return end;
  }

  function end(): void {
    if (!isBegun) throw problemAt(passed, 'is empty');
    if (place !== 'outside' || !outer.isClosed()) throw problemAt(passed, `is cut off after ${events} whole events`);
    const problem = outer.problem();
    if (problem !== null) throw problemAt(passed, problem);
    if (events === 0) throw problemAt(passed, 'holds a list without events');
  }

  return { push, end };
}
