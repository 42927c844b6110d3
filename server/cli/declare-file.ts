import { z } from 'zod';
import { type Claim, claimSchema, identitySchema } from '#lib/api/declarations/schemas.ts';
import { nameSchema } from '#lib/api/shared/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import type { FILED_CLAIMS } from '#server/cli/declare-claim.ts';
import { CodedError } from '#server/errors.ts';
import { type Bytes, openFile } from '#server/usecases/inspect/byte-streams.ts';

/** A replay proof for each of 10,000 open runs stays far below. */
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;

/** Of a file that is wrong in a thousand places the first ones do. */
const PROBLEM_LINES_MAX = 6;

type Filed = (typeof FILED_CLAIMS)[number];

const HINT: Readonly<Record<Filed, string>> = {
  manifest:
    'A manifest is {"identity":{"deploymentVersion":"…"},"patches":[{"kind":"core","id":"…","call":"patched"}]}, or ' +
    'with {"taskQueue":"…","buildId":"…"} as identity, or a list of such.',
  'replay-proof':
    'Replay proofs are a list of {"patch":{"kind":"core","id":"…"},"question":{"name":"remove"},"workflowId":"…",' +
    '"runId":"…","eventId":12}.',
};

/** Who a manifest is about, without the nulls that the API has. */
const manifestIdentitySchema = z.union([
  identitySchema,
  z
    .strictObject({ deploymentVersion: nameSchema })
    .transform(({ deploymentVersion }) => ({ deploymentVersion, taskQueue: null, buildId: null })),
  z
    .strictObject({ taskQueue: nameSchema, buildId: nameSchema })
    .transform((identity) => ({ deploymentVersion: null, ...identity })),
]);
const manifestSchema = z.strictObject({ identity: manifestIdentitySchema, patches: z.array(z.unknown()) });
const FILE_SCHEMA: Readonly<Record<Filed, z.ZodType<readonly object[]>>> = {
  manifest: z.array(manifestSchema).min(1),
  'replay-proof': z.array(z.record(z.string(), z.unknown())).min(1),
};
const claimsSchema = z.array(claimSchema);

/**
 * The claims of a file that CI wrote; `-` is standard input. Throws `invalid-request` for a file that is none, with what one looks like,
 * and `aborted`.
 */
export async function readClaims(
  what: Filed,
  file: string,
  stdin: () => Bytes,
  signal: AbortSignal,
): Promise<readonly Claim[]> {
  const text = await textOf(file, file === '-' ? stdin() : openFile(file, signal), signal);
  const json = jsonOf(what, file, text);
  const entries = FILE_SCHEMA[what].safeParse(Array.isArray(json) ? json : [json]);
  if (!entries.success) throw bad(what, file, z.prettifyError(entries.error));
  const claims = claimsSchema.safeParse(entries.data.map((entry) => ({ ...entry, kind: what })));
  if (!claims.success) throw bad(what, file, z.prettifyError(claims.error));
  return claims.data;
}

async function textOf(file: string, bytes: Bytes, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > FILE_LIMIT_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    if (signal.aborted) throw new CodedError('aborted', 'Reading was stopped.', 'Nothing was declared.', { cause });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unexpected failure';
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    const message = `${escapeText(file)} cannot be read: ${why}.`;
    throw new CodedError('invalid-request', message, 'Name a file, or - for standard input.', { cause });
  }
  if (sizeBytes <= FILE_LIMIT_BYTES) return Buffer.concat(chunks).toString('utf8');
  throw new CodedError(
    'invalid-request',
    `${escapeText(file)} is larger than ${FILE_LIMIT_BYTES / 1024 / 1024} MiB.`,
    'Declare it in several files.',
  );
}

function jsonOf(what: Filed, file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw bad(what, file, 'is not JSON.');
  }
}

function bad(what: Filed, file: string, problem: string): CodedError {
  const lines = problem.split('\n').slice(0, PROBLEM_LINES_MAX).map(escapeText);
  return new CodedError('invalid-request', `${escapeText(file)}: ${lines.join('\n')}`, HINT[what]);
}
