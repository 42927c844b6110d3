import type { Guide } from '#e2e/harness/guide.ts';

/** The button on the lane of the older of `twoSets`. */
export const PROMOTE = 'Promote for new runs: set of beef';

/** Two sets that no worker polls for: every default must be confirmed by its build ID. */
export async function twoSets(guide: Guide, taskQueue: string): Promise<() => Promise<readonly (readonly string[])[]>> {
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'beef' });
  await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'cafe' });
  return async () => (await guide.client.getSets(taskQueue)).versionSets.map((set) => set.buildIds);
}
