import { goStories } from '#e2e/harness/go-worker.ts';
import { guidePython } from '#e2e/harness/python.ts';
import { startTemporalServer, type TemporalServer } from '#e2e/harness/temporal-server.ts';
import type { TemporalVersion } from '#e2e/harness/temporal-binaries.ts';

/** A stopped worker is listed for five minutes; here for seconds, and those that live poll anew before they would be forgotten. */
const SHORT_MEMORY = { 'matching.PollerHistoryTTL': '5s', 'matching.longPollExpirationInterval': '1s' };

/** The first time a Go program is built and a Python environment made. */
export const STORY_TOOLS_TIMEOUT_MS = 15 * 60_000;

/** Gets what the workers need, so that no test's time contains a download or a build. */
export async function getStoryTools(): Promise<void> {
  await goStories();
  await guidePython();
}

/** A server on which a worker that was stopped is soon forgotten: stories need not wait until it is. */
export function startStoryServer(version: TemporalVersion, namespaces: readonly string[]): Promise<TemporalServer> {
  return startTemporalServer({ version, namespaces, dynamicConfig: SHORT_MEMORY });
}
