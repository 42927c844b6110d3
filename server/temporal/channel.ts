import { type ChannelOptions, Client, credentials, type ChannelCredentials } from '@grpc/grpc-js';
import type { TemporalConfig, TlsConfig } from '#server/config/types.ts';
import { isLoopback } from '#server/config/loopback.ts';
import { PATCHBOARD_VERSION } from '#server/config/version.ts';

const MIB = 1024 * 1024;

/** A page of a thousand large runs must fit; grpc-js stops at 4 MiB unless told. */
const RECEIVE_LIMIT_BYTES = 64 * MIB;
/** HTTP/2's usual 64 KiB window costs a round trip for each 64 KiB: 277 ms rather than 23 ms for a page of 500 KB over 20 ms. */
const WINDOW_BYTES = 4 * MIB;
/** Temporal's frontend allows pings every 10 s and closes a connection that was idle for 2 min. */
const KEEPALIVE_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;
/** grpc-js would wait up to 2 min between tries: a restarted server must be found again soon. */
const RECONNECT_MAX_MS = 5_000;

export interface ChannelLimits {
  readonly receiveLimitBytes?: number;
}

/** A channel to Temporal's frontend; it connects with the first call. TLS verifies unless the settings say otherwise. */
export function openChannel(config: TemporalConfig, limits: ChannelLimits = {}): Client {
  return new Client(config.address, credentialsOf(config.tls), {
    'grpc.max_receive_message_length': limits.receiveLimitBytes ?? RECEIVE_LIMIT_BYTES,
    'grpc-node.flow_control_window': WINDOW_BYTES,
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.max_reconnect_backoff_ms': RECONNECT_MAX_MS,
    'grpc.primary_user_agent': `patchboard/${PATCHBOARD_VERSION}`,
    // A DNS record must not bring a retry policy of its own: writes get one attempt.
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_http_proxy': isLoopback(config.address.replace(/:\d+$/, '')) ? 0 : 1,
    ...serverNameOptions(config.tls),
  });
}

function credentialsOf(tls: TlsConfig | null): ChannelCredentials {
  if (tls === null) return credentials.createInsecure();
  const pem = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes));
  return credentials.createSsl(
    pem(tls.serverRootCaCertificate),
    pem(tls.clientPrivateKey),
    pem(tls.clientCertificate),
    tls.isVerificationDisabled ? { rejectUnauthorized: false, checkServerIdentity: () => undefined } : {},
  );
}

function serverNameOptions(tls: TlsConfig | null): ChannelOptions {
  if (!tls?.serverName) return {};
  return { 'grpc.ssl_target_name_override': tls.serverName, 'grpc.default_authority': tls.serverName };
}
