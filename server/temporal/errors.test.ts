import { status } from '@grpc/grpc-js';
import proto, { type temporal } from '@temporalio/proto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '#e2e/scale/synthetic-frontend.ts';
import { startSyntheticFrontend } from '#e2e/scale/synthetic-frontend.ts';
import { SYNTHETIC_TLS } from '#e2e/scale/synthetic-tls.ts';
import type { ErrorCode } from '#lib/api/shared/errors.ts';
import { isCodedError } from '#server/errors.ts';
import type { TlsConfig } from '#server/config/types.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

const cleanups: (() => void | PromiseLike<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

const TLS: TlsConfig = {
  serverName: null,
  serverRootCaCertificate: null,
  clientCertificate: null,
  clientPrivateKey: null,
  isVerificationDisabled: false,
};

function connect(address: string, tls: TlsConfig | null = null): TemporalPort {
  const temporal = createTemporal({ address, namespace: 'default', apiKey: null, tls, metadata: {} });
  cleanups.push(temporal.close);
  return temporal;
}

async function serve(fault: Fault, hasTls = false) {
  const frontend = await startSyntheticFrontend({
    handlers: {
      CountWorkflowExecutions: () => fault,
      GetWorkflowExecutionHistory: () => fault,
      GetWorkerBuildIdCompatibility: () => fault,
      UpdateWorkerBuildIdCompatibility: () => fault,
    },
    ...(hasTls && { tls: SYNTHETIC_TLS }),
  });
  cleanups.push(() => frontend[Symbol.asyncDispose]());
  return frontend.address;
}

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => expect.unreachable('the call should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!isCodedError(error)) throw error;
  return { code: error.code, message: error.message, hint: error.hint };
}

const count = (temporal: TemporalPort) => temporal.countRuns({ namespace: 'ns', query: 'q' }, { maxAttempts: 1 });
const sets = (temporal: TemporalPort) => temporal.getVersionSets({ namespace: 'ns', taskQueue: 'q' });
const history = (temporal: TemporalPort) => temporal.readHistory({ namespace: 'ns', workflowId: 'w', runId: 'r' });
const write = (temporal: TemporalPort) =>
  temporal.updateVersionSets({
    namespace: 'ns',
    taskQueue: 'q',
    operation: { kind: 'add-new-default', buildId: '1' },
  });

const { errordetails, enums } = {
  errordetails: proto.temporal.api.errordetails.v1,
  enums: proto.temporal.api.enums.v1,
};

/** A serialized google.rpc.Status that holds one typed detail, as Temporal sends it. */
function withDetail(code: number, message: string, typeName: string, value: Uint8Array): Fault {
  const detail = { type_url: `type.googleapis.com/temporal.api.errordetails.v1.${typeName}`, value };
  const details = proto.google.rpc.Status.encode({ code, message, details: [detail] }).finish();
  return { fault: 'status', code, message, details };
}

const exhaustedBy = (cause: temporal.api.enums.v1.ResourceExhaustedCause) =>
  withDetail(
    status.RESOURCE_EXHAUSTED,
    'limited',
    'ResourceExhaustedFailure',
    errordetails.ResourceExhaustedFailure.encode({ cause }).finish(),
  );

const noNamespace = withDetail(
  status.NOT_FOUND,
  'gone',
  'NamespaceNotFoundFailure',
  errordetails.NamespaceNotFoundFailure.encode({ namespace: 'ns' }).finish(),
);

const { RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT, RESOURCE_EXHAUSTED_CAUSE_PERSISTENCE_LIMIT } = enums.ResourceExhaustedCause;
const GATE = 'Worker versioning v0.1 (Version Set-based, deprecated) is disabled on this namespace.';

const plain = (code: number, message: string): Fault => ({ fault: 'status', code, message });

const cases: readonly [string, Fault, (temporal: TemporalPort) => Promise<unknown>, ErrorCode, RegExp][] = [
  ['no credentials', plain(status.UNAUTHENTICATED, 'no'), count, 'credentials-refused', /TEMPORAL_API_KEY/],
  [
    'too few rights',
    plain(status.PERMISSION_DENIED, 'Request unauthorized.'),
    write,
    'credentials-refused',
    /TEMPORAL/,
  ],
  ['a gate', plain(status.PERMISSION_DENIED, GATE), sets, 'family-off', /frontend\.workerVersioningDataAPIs/],
  ['a gate at a write', plain(status.PERMISSION_DENIED, GATE), write, 'family-off', /workerVersioningDataAPIs/],
  ['a call that the server lacks', plain(status.UNIMPLEMENTED, 'x'), sets, 'family-off', /1\.21/],
  ['a server that is no Temporal', plain(status.UNIMPLEMENTED, 'x'), count, 'temporal-error', /TEMPORAL_ADDRESS/],
  ['an unknown namespace', noNamespace, sets, 'namespace-not-found', /"ns"/],
  ['an unknown namespace at a write', noNamespace, write, 'namespace-not-found', /"ns"/],
  [
    'one told in words alone',
    plain(status.NOT_FOUND, 'Namespace ns is not found.'),
    count,
    'namespace-not-found',
    /ns/,
  ],
  [
    'an unknown run',
    plain(status.NOT_FOUND, 'workflow not found for ID: w'),
    history,
    'not-found',
    /workflow not found/,
  ],
  ['a bad run id', plain(status.INVALID_ARGUMENT, 'Invalid RunId.'), history, 'invalid-request', /Invalid RunId/],
  ['a bad query', plain(status.INVALID_ARGUMENT, 'invalid query'), count, 'query-refused', /invalid query/],
  [
    'a quote for SQLite',
    plain(status.UNAVAILABLE, 'SQL: unterminated string'),
    count,
    'query-refused',
    /Read the list/,
  ],
  [
    'a refused write',
    plain(status.INVALID_ARGUMENT, 'version 1 already exists'),
    write,
    'refused',
    /^version 1 already exists/,
  ],
  [
    'an unknown build',
    plain(status.NOT_FOUND, 'targeted version 1 not found'),
    write,
    'refused',
    /^targeted version 1/,
  ],
  ['a limit of sets', plain(status.FAILED_PRECONDITION, 'update would exceed'), write, 'refused', /^update would/],
  ['a rate limit', exhaustedBy(RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT), count, 'rate-limited', /limited/],
  ['a rate limit at a write', exhaustedBy(RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT), write, 'rate-limited', /limited/],
  // The store may have been written before its limiter stopped what came next.
  [
    'a store’s limit at a write',
    exhaustedBy(RESOURCE_EXHAUSTED_CAUSE_PERSISTENCE_LIMIT),
    write,
    'ambiguous-write',
    /./,
  ],
  ['unavailable at a write', plain(status.UNAVAILABLE, 'publishing failed'), write, 'ambiguous-write', /publishing/],
  ['unknown at a write', plain(status.UNKNOWN, 'x'), write, 'ambiguous-write', /./],
  ['internal at a write', plain(status.INTERNAL, 'x'), write, 'ambiguous-write', /./],
  ['cancelled at a write', plain(status.CANCELLED, 'x'), write, 'ambiguous-write', /./],
  ['internal', plain(status.INTERNAL, 'boom'), count, 'temporal-error', /boom/],
];

test.each(cases)('%s', async (_, fault, ask, code, words) => {
  const failure = await failureOf(ask(connect(await serve(fault))));
  expect(failure.code).toBe(code);
  expect(`${failure.message} ${failure.hint}`).toMatch(words);
  expect(failure.message).not.toMatch(/\n|undefined|\[object/);
});

test('an unknown status, as a newer server might send, is an error like any other', async () => {
  const temporal = connect(await serve(plain(99, 'new')));
  expect((await failureOf(count(temporal))).code).toBe('temporal-error');
  expect((await failureOf(write(temporal))).code).toBe('ambiguous-write');
});

describe('connections', () => {
  const nowhere = '127.0.0.1:1';

  test.each([
    ['a read', count],
    ['a write, which surely was not sent', write],
  ])('nothing listens: %s', async (_, ask) => {
    expect(await failureOf(ask(connect(nowhere)))).toEqual({
      code: 'temporal-unreachable',
      message: `Temporal at ${nowhere} cannot be reached: connect ECONNREFUSED ${nowhere}`,
      hint: expect.stringContaining('TEMPORAL_ADDRESS'),
    });
  });

  test('a name that is none', async () => {
    const failure = await failureOf(count(connect('temporal.invalid:7233')));
    expect(failure).toMatchObject({
      code: 'temporal-unreachable',
      message: expect.stringContaining('temporal.invalid'),
    });
  });

  const answer = plain(status.INTERNAL, 'reached');
  const ca = Buffer.from(SYNTHETIC_TLS.certificate);

  test('plain text against TLS', async () => {
    const failure = await failureOf(count(connect(await serve(answer, true))));
    expect(failure).toMatchObject({ code: 'tls-mismatch', hint: 'Set TEMPORAL_TLS=true.' });
  });

  test.each([
    ['TLS against plain text', false, TLS, /TEMPORAL_TLS=false/],
    ['an unknown authority', true, TLS, /TEMPORAL_TLS_SERVER_CA_CERT_PATH/],
    ['another host’s certificate', true, { ...TLS, serverRootCaCertificate: ca }, /TEMPORAL_TLS_SERVER_NAME/],
  ])('%s', async (_, hasTls, tls, hint) => {
    for (const ask of [count, write]) {
      const failure = await failureOf(ask(connect(await serve(answer, hasTls), tls)));
      expect(failure).toMatchObject({ code: 'tls-mismatch', hint: expect.stringMatching(hint) });
    }
  });

  test.each([
    ['with the authority and the name', { ...TLS, serverRootCaCertificate: ca, serverName: SYNTHETIC_TLS.serverName }],
    ['without verification, when told so', { ...TLS, isVerificationDisabled: true }],
  ])('TLS connects %s', async (_, tls) => {
    expect(await failureOf(count(connect(await serve(answer, true), tls)))).toMatchObject({
      code: 'temporal-error',
      message: expect.stringContaining('reached'),
    });
  });
});
