import type { RunFacts } from '#lib/domain/census/types.ts';
import type { ProblemAt } from '#server/usecases/inspect/bad-history.ts';
import { type Bytes, peek } from '#server/usecases/inspect/byte-streams.ts';
import { createOrderedFold } from '#server/usecases/inspect/fold-in-order.ts';
import { createEventSplitter } from '#server/usecases/inspect/split-events.ts';
import { parseHistoryEvent } from '#server/temporal/history-json.ts';

/** Enough to see the first event's length and id in protobuf. */
const HEAD_BYTES = 8;

/** Binary histories are read whole; Temporal ends a run at 50 MB of history (`limit.historySize.error`). */
const BINARY_MAX_BYTES = 256 * 1024 * 1024;

/** Folds unpacked bytes, JSON or binary protobuf, to the facts of their run. Throws what `problemAt` made. */
export async function readHistory(bytes: Bytes, problemAt: ProblemAt): Promise<RunFacts> {
  const { head, all } = await peek(bytes, HEAD_BYTES);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw problemAt(0, 'is UTF-16 text, as PowerShell writes with >; a history file is UTF-8');
  }
  return isBinaryHistory(head) ? readBinary(all, problemAt) : readJson(all, problemAt);
}

/**
 * `temporal.api.history.v1.History` begins with its first event: field 1, a length, then field 1 with event id 1 (or another id, when
 * newest first). JSON can not look so: after white space it has no byte 8.
 */
function isBinaryHistory(head: Uint8Array): boolean {
  let at = 1;
  while (at < 5 && ((head[at] ?? 0) & 0x80) !== 0) at += 1;
  return head[0] === 0x0a && head[at + 1] === 0x08;
}

async function readJson(bytes: Bytes, problemAt: ProblemAt): Promise<RunFacts> {
  const fold = createOrderedFold();
  let size = 0;
  const splitter = createEventSplitter({
    problemAt,
    onEvent: (text, index, offset) => {
      const parsed = parseHistoryEvent(text);
      if ('problem' in parsed) throw problemAt(offset, `event number ${index + 1} ${parsed.problem}`);
      const problem = fold.add(parsed.event);
      if (problem !== null) throw problemAt(offset, problem);
    },
  });
  for await (const chunk of bytes) {
    splitter.push(chunk);
    size += chunk.length;
  }
  splitter.end();
  const folded = fold.end();
  if ('problem' in folded) throw problemAt(size, folded.problem);
  return folded.facts;
}

async function readBinary(bytes: Bytes, problemAt: ProblemAt): Promise<RunFacts> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > BINARY_MAX_BYTES) throw problemAt(size, 'is larger than any binary history');
    chunks.push(chunk);
  }
  const fold = createOrderedFold();
  for (const event of await decodeBinary(Buffer.concat(chunks), problemAt)) {
    const problem = fold.add(event);
    if (problem !== null) throw problemAt(size, problem);
  }
  const folded = fold.end();
  if ('problem' in folded) throw problemAt(size, folded.problem);
  return folded.facts;
}

async function decodeBinary(bytes: Uint8Array, problemAt: ProblemAt) {
  // Loaded when needed: the proto definitions take longer to load than most JSON histories take to read.
  const { decodeHistoryBinary } = await import('#server/temporal/history-binary.ts');
  try {
    return decodeHistoryBinary(bytes);
  } catch {
    throw problemAt(bytes.length, 'is cut off, or no binary history: its protobuf ends in the middle');
  }
}
