import type { ServerHttp2Stream } from 'node:http2';

/** gRPC over HTTP/2 as its specification writes it, for unary calls: one frame of flag, length and message each way. */
const FRAME_HEADER_BYTES = 5;

export function frame(message: Uint8Array): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** The one message that a unary caller sends. */
export async function readMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).subarray(FRAME_HEADER_BYTES);
}

/** @param details serialized `google.rpc.Status`, as Temporal sends it with most errors */
export function statusTrailers(code: number, message: string, details?: Uint8Array): Record<string, string> {
  const trailers: Record<string, string> = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) };
  if (details) trailers['grpc-status-details-bin'] = Buffer.from(details).toString('base64');
  return trailers;
}

/** `/temporal.api.workflowservice.v1.WorkflowService/ListWorkflowExecutions` → `ListWorkflowExecutions`. */
export function methodOf(path: string | undefined): string {
  return path?.slice(path.lastIndexOf('/') + 1) ?? '';
}

/** Epoch milliseconds with fractions, from a clock that never goes back. */
export function arrivalMs(): number {
  return performance.timeOrigin + performance.now();
}
