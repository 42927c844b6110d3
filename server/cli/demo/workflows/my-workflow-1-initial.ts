import { proxyActivities } from '@temporalio/workflow';
import type { GuideActivities } from '#server/cli/demo/activities.ts';
import { waitForSignal } from './wait-for-signal.ts';

const { pre_patch_activity } = proxyActivities<GuideActivities>({ scheduleToCloseTimeout: '5 minutes' });

/** Stage 1: the code before the change. */
export async function MyWorkflow(): Promise<void> {
  await pre_patch_activity();
  await waitForSignal('finish');
}
