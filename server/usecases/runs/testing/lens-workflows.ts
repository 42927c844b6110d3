import {
  condition,
  continueAsNew,
  defineSignal,
  deprecatePatch,
  executeChild,
  patched,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

export const renew = defineSignal('renew');

interface Activities {
  readonly ship: () => Promise<void>;
}

const kept = proxyActivities<Activities>({ startToCloseTimeout: '10s' });
const elsewhere = proxyActivities<Activities>({ startToCloseTimeout: '10s', versioningIntent: 'DEFAULT' });

/** Everything that the version lens tells, in one run: both calls of patches, labels, commands of either intent. */
export async function lensOrder(): Promise<void> {
  let isRenewed = false;
  setHandler(renew, () => {
    isRenewed = true;
  });
  patched('first');
  deprecatePatch('second');
  await kept.ship();
  await elsewhere.ship();
  await executeChild(lensChild);
  await executeChild(lensChild, { versioningIntent: 'DEFAULT' });
  await condition(() => isRenewed);
  await continueAsNew<typeof lensOrder>();
}

/** @public the worker finds it by its name */
export async function lensChild(): Promise<void> {
  await condition(() => true);
}
