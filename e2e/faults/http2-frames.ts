/** HTTP/2 frames as RFC 9113 section 4.1 writes them, of which calls need two: what carries a message, and what ends an answer. */
export interface Frame {
  readonly type: 'data' | 'headers' | 'other';
  readonly streamId: number;
  readonly isLast: boolean;
  /** Without padding; empty for other frames. */
  readonly payload: Buffer;
}

const HEADER_BYTES = 9;
/** What a client sends before its first frame. */
const PREFACE_BYTES = 24;
const DATA = 0;
const HEADERS = 1;
const END_STREAM = 0x1;
const PADDED = 0x8;
const STREAM_ID_MASK = 0x7fff_ffff;

/** Takes the bytes of one direction of one connection, in whatever pieces, and gives each frame as it is complete. */
export function createFrameReader(from: 'client' | 'server'): (bytes: Buffer) => Frame[] {
  let rest = Buffer.alloc(0);
  let toSkip = from === 'client' ? PREFACE_BYTES : 0;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const skipped = Math.min(toSkip, rest.length);
    toSkip -= skipped;
    rest = rest.subarray(skipped);
    const frames: Frame[] = [];
    while (rest.length >= HEADER_BYTES && rest.length >= HEADER_BYTES + rest.readUIntBE(0, 3)) {
      const length = rest.readUIntBE(0, 3);
      frames.push(frameOf(rest.subarray(0, HEADER_BYTES), rest.subarray(HEADER_BYTES, HEADER_BYTES + length)));
      rest = rest.subarray(HEADER_BYTES + length);
    }
    return frames;
  };
}

function frameOf(header: Buffer, payload: Buffer): Frame {
  const type = header.readUInt8(3);
  const flags = header.readUInt8(4);
  const padding = (flags & PADDED) === 0 ? null : payload.readUInt8(0);
  return {
    type: type === DATA ? 'data' : type === HEADERS ? 'headers' : 'other',
    streamId: header.readUInt32BE(5) & STREAM_ID_MASK,
    isLast: (type === DATA || type === HEADERS) && (flags & END_STREAM) !== 0,
    payload:
      type !== DATA ? Buffer.alloc(0) : padding === null ? payload : payload.subarray(1, payload.length - padding),
  };
}
