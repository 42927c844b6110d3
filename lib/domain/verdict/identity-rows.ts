import { identityKey, identityOfWorker } from '#lib/domain/verdict/identity.ts';
import type { Holders } from '#lib/domain/verdict/holders.ts';
import { type IdentityBook, newRecord } from '#lib/domain/verdict/identity-book.ts';
import type { IdentityRow, WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Who worked on runs of the type or polls for them, the newest first: identities × what they wrote. */
export function identityRows(
  book: IdentityBook,
  holders: Pick<Holders, 'isTrusted' | 'isSuspect'>,
  workers: readonly WorkerSeen[],
): readonly IdentityRow[] {
  const polling = new Map(
    workers
      .filter(({ isRouted }) => !isRouted)
      .map((worker) => {
        const identity = identityOfWorker(worker);
        return [identity === null ? null : identityKey(identity), identity] as const;
      }),
  );
  const rows: IdentityRow[] = [];
  for (const [key, record] of book) {
    if (record.lastTaskMs === null && !polling.has(key)) continue;
    rows.push({
      identity: record.identity,
      isTrusted: holders.isTrusted(record),
      isSuspect: holders.isSuspect(record),
      live: record.live,
      deprecated: record.deprecated,
      versions: [...record.versions].sort((a, b) => a - b),
      isPolling: polling.delete(key),
      lastTaskMs: record.lastTaskMs,
    });
  }
  for (const identity of polling.values()) {
    rows.push({ ...NEW, identity, isTrusted: identity !== null && holders.isTrusted(newRecord(identity)) });
  }
  return rows.sort((a, b) => (b.lastTaskMs ?? Infinity) - (a.lastTaskMs ?? Infinity));
}

/** It polls and has completed no task of the type that was read. */
const NEW: Omit<IdentityRow, 'identity' | 'isTrusted'> = {
  isSuspect: false,
  live: 0,
  deprecated: 0,
  versions: [],
  isPolling: true,
  lastTaskMs: null,
};
