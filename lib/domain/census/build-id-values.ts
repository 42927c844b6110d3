/** A build that touched a run, as the search attribute BuildIds names it. */
export interface TouchingBuild {
  /** For a pinned deployment version `deployment:build`. */
  readonly buildId: string;
  readonly isVersioned: boolean;
}

const SCHEMES = [
  ['versioned:', true],
  ['assigned:', true],
  ['pinned:', true],
  ['unversioned:', false],
] as const;

/**
 * Reads one value of BuildIds; null for the bare `unversioned` sentinel and for anything else, which name no build.
 * Written by `common/worker_versioning/worker_versioning.go` in Temporal's server. A build ID may itself hold colons.
 */
export function parseBuildIdValue(value: string): TouchingBuild | null {
  for (const [prefix, isVersioned] of SCHEMES) {
    if (value.startsWith(prefix) && value.length > prefix.length) {
      return { buildId: value.slice(prefix.length), isVersioned };
    }
  }
  return null;
}
