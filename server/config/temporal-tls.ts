import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { ClientConfigTLS, ConfigDataSource } from '@temporalio/envconfig';
import type { ConfigProblem } from '#server/config/config-error.ts';
import type { TlsConfig } from '#server/config/types.ts';

/** Whole file, or a rejection with Node's message. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

const CA = 'TEMPORAL_TLS_SERVER_CA_CERT_PATH';
const CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH';
const KEY = 'TEMPORAL_TLS_CLIENT_KEY_PATH';

/** TLS is on with any TLS setting or with an API key, unless `disabled`: the rule of Temporal's SDKs. Null: plain text. */
export async function loadTls(
  tls: ClientConfigTLS | undefined,
  isVerificationDisabled: boolean,
  hasApiKey: boolean,
  readFile: ReadFile,
  problems: ConfigProblem[],
): Promise<TlsConfig | null> {
  if (tls?.disabled === true || (tls === undefined && !hasApiKey)) return null;
  const read = (variable: string, source: ConfigDataSource | undefined) =>
    readPem(variable, source, readFile, problems);
  const config = {
    serverName: tls?.serverName || null,
    serverRootCaCertificate: await read(CA, tls?.serverCACert),
    clientCertificate: await read(CERTIFICATE, tls?.clientCert),
    clientPrivateKey: await read(KEY, tls?.clientKey),
    isVerificationDisabled,
  };
  checkPair(config, problems);
  return config;
}

async function readPem(
  variable: string,
  source: ConfigDataSource | undefined,
  readFile: ReadFile,
  problems: ConfigProblem[],
): Promise<Uint8Array | null> {
  if (source === undefined) return null;
  try {
    const bytes = 'path' in source ? await readFile(source.path) : Buffer.from(source.data);
    if (variable === CA) requireCertificate(bytes);
    return bytes;
  } catch (error) {
    problems.push(pemProblem(variable, error));
    return null;
  }
}

/** Node passes over a CA file that holds no certificate; this throws. */
function requireCertificate(bytes: Uint8Array): X509Certificate {
  return new X509Certificate(bytes);
}

function checkPair({ clientCertificate, clientPrivateKey }: TlsConfig, problems: ConfigProblem[]): void {
  if (clientCertificate === null && clientPrivateKey === null) return;
  if (clientCertificate === null || clientPrivateKey === null) {
    const [variable, other] = clientCertificate === null ? [CERTIFICATE, KEY] : [KEY, CERTIFICATE];
    // An unreadable file was told already.
    if (problems.some((problem) => problem.variable === variable)) return;
    problems.push({ variable, problem: `is missing, though ${other} is set`, example: '/etc/temporal/client.pem' });
    return;
  }
  try {
    createSecureContext({ cert: Buffer.from(clientCertificate), key: Buffer.from(clientPrivateKey) });
  } catch (error) {
    problems.push(pemProblem(CERTIFICATE, error));
  }
}

function pemProblem(variable: string, error: unknown): ConfigProblem {
  const why = error instanceof Error ? error.message : String(error);
  return { variable, problem: `cannot be used: ${why}`, example: '/etc/temporal/certificate.pem' };
}
