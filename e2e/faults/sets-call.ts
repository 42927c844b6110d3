/** Bytes before a gRPC message: a flag and its length. */
const PREFIX_BYTES = 5;

/** Field numbers of both `GetWorkerBuildIdCompatibilityRequest` and `UpdateWorkerBuildIdCompatibilityRequest`. */
const NAMESPACE = 1;
const TASK_QUEUE = 2;
/** Of the update alone: its five operations. A get has a number, `max_sets`, at 3. */
const OPERATIONS = new Set([3, 4, 5, 6, 7]);

const VARINT = 0;
const BYTES = 2;

/** What a call's message says: a reading of a queue's sets, or a change of them; null for another call's. */
export function setsCallOf(message: Buffer): { readonly taskQueue: string; readonly kind: 'read' | 'write' } | null {
  const fields = fieldsOf(message.subarray(PREFIX_BYTES));
  const text = (number: number) => fields?.find((field) => field.number === number)?.bytes?.toString();
  const taskQueue = text(TASK_QUEUE);
  if (!fields || text(NAMESPACE) === undefined || taskQueue === undefined) return null;
  const isWrite = fields.some(({ number, bytes }) => bytes !== null && OPERATIONS.has(number));
  return { taskQueue, kind: isWrite ? 'write' : 'read' };
}

interface Field {
  readonly number: number;
  /** null: a number. */
  readonly bytes: Buffer | null;
}

/** Protocol Buffers' wire format, as far as these messages use it; null: something else. */
function fieldsOf(message: Buffer): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; at < message.length; shift += 7) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return value;
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case VARINT:
        varint();
        fields.push({ number, bytes: null });
        break;
      case BYTES: {
        const length = varint();
        fields.push({ number, bytes: message.subarray(at, at + length) });
        at += length;
        break;
      }
      default:
        return null;
    }
  }
  return fields;
}
