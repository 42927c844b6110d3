import { connect } from 'node:tls';

export interface TlsTrouble {
  readonly message: string;
  readonly hint: string;
}

/** What OpenSSL's and Node's words mean for whoever set up the connection. The first match decides. */
const WITH_TLS: readonly (readonly [RegExp, string, string])[] = [
  [
    /wrong version number|packet length too long|http request/i,
    'speaks plain text, while TLS is on here',
    'Set TEMPORAL_TLS=false, or name the address of its TLS port in TEMPORAL_ADDRESS.',
  ],
  [
    /self.signed|unable to (get|verify)|unknown authority/i,
    'has a certificate from an authority that is not trusted here',
    'Name the authority’s certificate in TEMPORAL_TLS_SERVER_CA_CERT_PATH.',
  ],
  [
    /altnames|does not match certificate/i,
    'has a certificate for another host name',
    'Set TEMPORAL_TLS_SERVER_NAME to the name in the certificate.',
  ],
  [
    /certificate has expired|not yet valid/i,
    'has a certificate that is not valid today',
    'Renew the server’s certificate, or set this machine’s clock.',
  ],
  [
    /alert (number (42|43|44|45|46|48|116)|certificate|bad certificate|handshake failure|unknown ca)|certificate required/i,
    'does not accept this client’s certificate, or wants one',
    'Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.',
  ],
];

const PLAIN_AGAINST_TLS: TlsTrouble = {
  message: 'speaks TLS, while TLS is off here',
  hint: 'Set TEMPORAL_TLS=true.',
};

/** Endings of a plain-text connection that a TLS server brings about, and others too: only a handshake can tell. */
const MAYBE_TLS = /Failed to connect|protocol error|parse error|ECONNRESET|socket hang up|connection dropped/i;

/** What is wrong with TLS between us and `address`, from grpc-js's words; null: nothing that is known. */
export async function tlsTrouble(
  details: string,
  connection: { readonly address: string; readonly hasTls: boolean },
  withinMs: number,
): Promise<TlsTrouble | null> {
  if (connection.hasTls) {
    const [, message, hint] = WITH_TLS.find(([words]) => words.test(details)) ?? [];
    return message && hint ? { message, hint } : null;
  }
  return MAYBE_TLS.test(details) && (await speaksTls(connection.address, withinMs)) ? PLAIN_AGAINST_TLS : null;
}

/** One handshake without any verification: nothing is sent over it. A TLS alert is an answer in TLS too. */
function speaksTls(address: string, withinMs: number): Promise<boolean> {
  const [, host = '', port] = /^(.*):(\d+)$/.exec(address) ?? [];
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port), rejectUnauthorized: false });
    const end = (answer: boolean) => {
      resolve(answer);
      socket.destroy();
    };
    socket.setTimeout(withinMs, () => end(false));
    socket.once('secureConnect', () => end(true));
    socket.on('error', (error) => end(/\balert\b/i.test(error.message)));
    socket.once('close', () => end(false));
  });
}
