import { fromTomlProfile } from '@temporalio/envconfig';
// The public loader drops `disable_host_verification`; this is the step before it.
import { tomlLoadClientConfigProfile } from '@temporalio/envconfig/lib/envconfig-toml.js';
import { parseAddress } from '#server/config/address.ts';
import type { ConfigProblem } from '#server/config/config-error.ts';
import { loadTls, type ReadFile } from '#server/config/temporal-tls.ts';
import type { TemporalConfig } from '#server/config/types.ts';

export type { ReadFile } from '#server/config/temporal-tls.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a Temporal frontend listens unless told, as in Temporal's own tools. */
const USUAL_ADDRESS = '127.0.0.1:7233';
const USUAL_NAMESPACE = 'default';

/** What HTTP/2 carries in a header's value; grpc-js throws at anything else. */
const HEADER_TEXT = /^[ -~]*$/;
const HEADER_NAME = /^[0-9a-z_.-]+$/;

/**
 * Temporal's environment conventions (`@temporalio/envconfig`: TEMPORAL_… over the profile of the TOML file). Stricter in two
 * things that it passes over in silence: a TEMPORAL_CONFIG_FILE that is not there, and a flag that is neither true nor false.
 * Null when something was wrong; `problems` then says what.
 */
export async function loadTemporalConfig(
  env: Env,
  readFile: ReadFile,
  problems: ConfigProblem[],
): Promise<TemporalConfig | null> {
  const before = problems.length;
  checkFlags(env, problems);
  const raw = await readProfile(env, readFile, problems);
  if (raw === null) return null;
  const profile = fromTomlProfile(raw);
  const apiKey = profile.apiKey?.trim() || null;
  const metadata = profile.grpcMeta ?? {};
  checkHeaders(apiKey, metadata, problems);
  const config = {
    address: parseAddress(profile.address || USUAL_ADDRESS, problems),
    namespace: profile.namespace || USUAL_NAMESPACE,
    apiKey,
    tls: await loadTls(profile.tls, raw.tls?.disable_host_verification === true, apiKey !== null, readFile, problems),
    metadata,
  };
  return problems.length === before ? config : null;
}

function checkFlags(env: Env, problems: ConfigProblem[]): void {
  for (const variable of ['TEMPORAL_TLS', 'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION']) {
    const value = env[variable];
    if (value === undefined || ['true', 'false', '1', '0'].includes(value)) continue;
    problems.push({ variable, problem: `(${JSON.stringify(value)}) is neither true nor false`, example: 'true' });
  }
}

async function readProfile(env: Env, readFile: ReadFile, problems: ConfigProblem[]) {
  const named = env.TEMPORAL_CONFIG_FILE || null;
  const overrideEnvVars = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  try {
    const source = named === null ? {} : { configSource: { data: await readFile(named) } };
    return tomlLoadClientConfigProfile({ overrideEnvVars, ...source });
  } catch (error) {
    problems.push(profileProblem(error, named));
    return null;
  }
}

function profileProblem(error: unknown, file: string | null): ConfigProblem {
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (/^Profile '.*' not found/.test(why)) {
    return { variable: 'TEMPORAL_PROFILE', problem: `names no profile of the file: ${why}`, example: 'default' };
  }
  const place = file === null ? "(Temporal's usual place)" : `(${file})`;
  // The loader reads `profile` of a file that has none.
  const problem = error instanceof TypeError ? 'has no [profile.default] table' : `cannot be read: ${why}`;
  return { variable: 'TEMPORAL_CONFIG_FILE', problem: `${place} ${problem}`, example: '/etc/temporal/temporal.toml' };
}

/** Never shows a value: it may be a secret. */
function checkHeaders(apiKey: string | null, metadata: Record<string, string>, problems: ConfigProblem[]): void {
  if (apiKey !== null && !HEADER_TEXT.test(apiKey)) {
    const problem = 'holds a character that a header cannot carry';
    problems.push({ variable: 'TEMPORAL_API_KEY', problem, example: 'eyJhbGciOi…' });
  }
  for (const [name, value] of Object.entries(metadata)) {
    if (HEADER_NAME.test(name) && !name.endsWith('-bin') && HEADER_TEXT.test(value)) continue;
    const variable = `TEMPORAL_GRPC_META_${name.toUpperCase().replaceAll('-', '_')}`;
    problems.push({ variable, problem: 'is no text header that gRPC can carry', example: 'a value in plain ASCII' });
  }
}
