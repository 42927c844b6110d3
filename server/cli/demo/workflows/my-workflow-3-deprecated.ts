import { deprecatePatch, proxyActivities } from '@temporalio/workflow';
import type { GuideActivities } from '#server/cli/demo/activities.ts';
import { waitForSignal } from './wait-for-signal.ts';

const { post_patch_activity } = proxyActivities<GuideActivities>({ scheduleToCloseTimeout: '5 minutes' });

/** Stage 3: the old branch is gone; new runs record a deprecated marker. */
export async function MyWorkflow(): Promise<void> {
  deprecatePatch('my-patch');
  await post_patch_activity();
  await waitForSignal('finish');
}
