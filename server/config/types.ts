/** Everything Patchboard can be told, parsed once at start (`server/config/load.ts`). Secrets stay inside `temporal`. */
export interface Config {
  readonly temporal: TemporalConfig;
  readonly host: string;
  readonly port: number;
  /** Host names (no port) that requests may name besides loopback ones. */
  readonly allowedHosts: readonly string[];
  /** Null: writes are allowed. Otherwise the sentence that says why they are not. */
  readonly readOnlyReason: string | null;
  /** File path of the SQLite store, or `:memory:`. */
  readonly storePath: string;
  /** True when PATCHBOARD_DATABASE_URL named the store: the command may then record changes in it. */
  readonly isStoreExplicit: boolean;
  /** Namespaces to show where the key may not list them; empty: ask the server. */
  readonly namespaces: readonly string[];
  readonly visibilityPerSecond: number;
  readonly historiesPerSecond: number;
  readonly links: { readonly temporalUi: string | null; readonly commit: string | null };
  /** Namespaces where every build ID is declared to name one code (VERDICT.md, trusted identity). */
  readonly buildIdsIdentifyCode: readonly string[];
  /** Namespaces where a patch activation callback is declared to be in use. */
  readonly patchCallbacks: readonly string[];
}

export interface TemporalConfig {
  /** host:port */
  readonly address: string;
  /** Default namespace. */
  readonly namespace: string;
  readonly apiKey: string | null;
  readonly tls: TlsConfig | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface TlsConfig {
  readonly serverName: string | null;
  readonly serverRootCaCertificate: Uint8Array | null;
  readonly clientCertificate: Uint8Array | null;
  readonly clientPrivateKey: Uint8Array | null;
  readonly isVerificationDisabled: boolean;
}
