import { proxyActivities } from '@temporalio/workflow';
import type { GuideActivities } from '#server/cli/demo/activities.ts';
import { waitForSignal } from './wait-for-signal.ts';

const { post_patch_activity } = proxyActivities<GuideActivities>({ scheduleToCloseTimeout: '5 minutes' });

/** Stage 4: no trace of the patch; new runs record no marker. */
export async function MyWorkflow(): Promise<void> {
  await post_patch_activity();
  await waitForSignal('finish');
}
