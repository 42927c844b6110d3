import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export type Bytes = AsyncIterable<Uint8Array>;

/** Read at a time: large enough to keep the disk busy, small beside the memory limit. */
const CHUNK_BYTES = 1024 * 1024;

export function openFile(path: string, signal: AbortSignal): Bytes {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES, signal });
}

/** The first bytes, and a stream that begins with them again. Fewer than `count` only when there are no more. */
export async function peek(bytes: Bytes, count: number): Promise<{ head: Uint8Array; all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    taken.push(value);
    length += value.length;
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken.splice(0);
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      // Leaving early closes the file.
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(taken), all: again() };
}

/** Unpacks gzip, known by its first two bytes whatever the file's name; anything else passes. */
export async function gunzipped(bytes: Bytes): Promise<{ isPacked: boolean; bytes: Bytes }> {
  const { head, all } = await peek(bytes, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return { isPacked: false, bytes: all };
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  // The callback only keeps the failure from being unhandled: reading `unpacked` throws it.
  pipeline(Readable.from(all), unpacked, () => undefined);
  return { isPacked: true, bytes: unpacked };
}
