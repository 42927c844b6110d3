import type { WorkerStamp } from '#lib/domain/history/events.ts';
import type { Author } from '#lib/domain/run-lens/types.ts';

/** Identity texts kept for one entry: a fleet may have hundreds. */
const MAX_IDENTITIES = 3;

export function authorOf(
  worker: WorkerStamp,
  identity: string,
  sdk: { readonly name: string | null; readonly version: string | null },
): Author {
  return {
    ...worker,
    identities: identity === '' ? [] : [identity],
    hasMoreIdentities: false,
    sdkName: sdk.name,
    sdkVersion: sdk.version,
  };
}

/** The same code by all that the history says; which machine ran it does not matter. */
export function isSameWorker(a: Author | null, b: Author | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.buildId === b.buildId &&
    a.useVersioning === b.useVersioning &&
    a.deploymentVersion === b.deploymentVersion &&
    a.sdkName === b.sdkName &&
    a.sdkVersion === b.sdkVersion
  );
}

export function addIdentity(author: Author, other: Author | null): Author {
  const added = other?.identities.filter((identity) => !author.identities.includes(identity)) ?? [];
  if (added.length === 0) return author;
  const identities = [...author.identities, ...added];
  return {
    ...author,
    identities: identities.slice(0, MAX_IDENTITIES),
    hasMoreIdentities: author.hasMoreIdentities || identities.length > MAX_IDENTITIES,
  };
}
