import { CodedError } from '#server/errors.ts';
import type { Config } from '#server/config/types.ts';

/**
 * The one place that decides whether a request may do what it asks. Every route names its access; sign-in and roles will be
 * decided here too. `probe`: liveness and readiness, which load balancers ask under any host name. `ask`: it spends calls to Temporal and
 * changes nothing there, so another site may not start it and a read-only Patchboard may.
 */
export type Access = 'probe' | 'read' | 'ask' | 'mutate';

export interface RequestFacts {
  readonly host: string | null;
  readonly origin: string | null;
  readonly secFetchSite: string | null;
  readonly contentType: string | null;
}

export function factsOf(headers: Headers): RequestFacts {
  return {
    host: headers.get('host'),
    origin: headers.get('origin'),
    secFetchSite: headers.get('sec-fetch-site'),
    contentType: headers.get('content-type'),
  };
}

type AccessConfig = Pick<Config, 'host' | 'allowedHosts' | 'readOnlyReason'>;

/** Throws `CodedError` (`forbidden`, `read-only`, `unsupported-media-type`) when the request may not. */
export function authorise(access: Access, facts: RequestFacts, config: AccessConfig): void {
  if (access === 'probe') return;
  requireAllowedHost(facts.host, config);
  if (access === 'read') return;
  requireSameOrigin(facts);
  requireJson(facts.contentType);
  if (access === 'ask') return;
  if (config.readOnlyReason !== null) {
    throw new CodedError(
      'read-only',
      `Patchboard is read-only: ${config.readOnlyReason}`,
      'Ask whoever runs it to allow writes.',
    );
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Against DNS rebinding: a page of another site must not reach us under its own name. */
function requireAllowedHost(host: string | null, config: AccessConfig): void {
  const name = hostName(host);
  if (name !== null && [...LOOPBACK, config.host, ...config.allowedHosts].includes(name)) return;
  throw new CodedError(
    'forbidden',
    `The host name ${JSON.stringify(name ?? '')} is not one that Patchboard answers to.`,
    'Open it under its own address, or add the name to PATCHBOARD_ALLOWED_HOSTS.',
  );
}

function hostName(host: string | null): string | null {
  if (host === null) return null;
  return /^(\[[0-9a-f:.]+\]|[^:]+)(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase() ?? null;
}

/** A browser always sends Origin or Sec-Fetch-Site with a POST; neither of them: not a browser, so no cross-site request. */
function requireSameOrigin({ host, origin, secFetchSite }: RequestFacts): void {
  const isForeignSite = secFetchSite !== null && secFetchSite !== 'same-origin';
  const isForeignOrigin = origin !== null && originHost(origin) !== host?.toLowerCase();
  if (!isForeignSite && !isForeignOrigin) return;
  throw new CodedError(
    'forbidden',
    'This was asked for by a page of another site.',
    'Ask for it from Patchboard itself.',
  );
}

function originHost(origin: string): string | null {
  const url = URL.parse(origin);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.host.toLowerCase() : null;
}

/** Form content types need no preflight, so they are refused: another site's form cannot send JSON. */
function requireJson(contentType: string | null): void {
  if (contentType !== null && /^application\/json\s*(;|$)/i.test(contentType)) return;
  throw new CodedError('unsupported-media-type', 'This is asked for in JSON.', 'Send Content-Type: application/json.');
}
