import { CodedError, isCodedError } from '#server/errors.ts';
import { badHistory, type ProblemAt, unreadableFile } from '#server/usecases/inspect/bad-history.ts';
import { type Bytes, gunzipped, openFile } from '#server/usecases/inspect/byte-streams.ts';
import { readHistory } from '#server/usecases/inspect/read-history.ts';
import { type InspectReport, toReport } from '#server/usecases/inspect/to-report.ts';

export interface InspectContext {
  /** Opens what the file name `-` stands for. */
  readonly stdin: () => Bytes;
  readonly signal: AbortSignal;
}

/**
 * One history file, JSON or binary protobuf, packed or not, as a report. Memory does not grow with a JSON file's size.
 * Throws `CodedError`: `not-found`, `invalid-request` (naming the file and the byte), `aborted`.
 */
export async function inspectFile(ctx: InspectContext, { file }: { file: string }): Promise<InspectReport> {
  let isPacked = false;
  const problemAt: ProblemAt = (offset, problem) =>
    badHistory(file, `byte ${offset}${isPacked ? ' of the unpacked data' : ''}`, problem);
  const counted = countBytes(file === '-' ? ctx.stdin() : openFile(file, ctx.signal));
  try {
    const unpacked = await gunzipped(counted.bytes);
    isPacked = unpacked.isPacked;
    return toReport(file, await readHistory(unpacked.bytes, problemAt));
  } catch (error) {
    if (isCodedError(error)) throw error;
    if (ctx.signal.aborted) throw new CodedError('aborted', `${file}: reading was stopped.`, 'Run the command again.');
    // zlib's names begin with Z_: Z_BUF_ERROR is data cut off, Z_DATA_ERROR data damaged.
    const name = error instanceof Error && 'code' in error ? String(error.code) : '';
    const place = `byte ${counted.count()}`;
    if (name === 'Z_BUF_ERROR') throw badHistory(file, place, 'its gzip data are cut off here', error);
    if (name.startsWith('Z_')) throw badHistory(file, place, 'its gzip data are damaged before here', error);
    // Anything else that is not the system's own refusal is a defect here and not the file's fault.
    throw error instanceof Error && 'syscall' in error ? unreadableFile(file, error) : error;
  }
}

function countBytes(bytes: Bytes): { bytes: Bytes; count: () => number } {
  let count = 0;
  async function* counting(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      count += chunk.length;
      yield chunk;
    }
  }
  return { bytes: counting(), count: () => count };
}
