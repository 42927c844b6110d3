import type { Story, StoryPoint } from '#e2e/stories/point.ts';
import type { StoryRig } from '#e2e/stories/rig.ts';

export const GO_STORY: Story = {
  facts: [
    // Go's counterpart of the activation callback is the preferred version provider; these workers have none.
    { kind: 'callback', use: 'none' },
    { kind: 'ids-name-one-code', taskQueue: null },
    { kind: 'calls-together', patch: null },
  ],
  play,
};

const ORDER = { patchId: 'change-1', workflowType: 'Order', breaks: [] } satisfies Partial<StoryPoint>;

/** The changed code has GetVersion with this version alone. */
function raiseTo(version: 1 | 2) {
  return {
    ...ORDER,
    question: { name: 'raise-min', version },
    changed: `only-${version}`,
  } satisfies Partial<StoryPoint>;
}

/** The changed code has no call, and this version's branch. */
function dropAt(version: 1 | 2) {
  return {
    ...ORDER,
    question: { name: 'drop-call', version },
    changed: `dropped-at-${version}`,
  } satisfies Partial<StoryPoint>;
}

/** GetVersion from no call over 1 to 2: its minimum raised, and the call dropped. */
async function* play(rig: StoryRig): AsyncGenerator<StoryPoint, void, void> {
  const initial = await rig.startWorker({ code: 'initial', buildId: 'shop-1' });
  const [crossing, old] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  await old.go();
  await rig.retire(initial);

  const first = await rig.startWorker({ code: 'default-1', buildId: 'shop-2' });
  const [waiting, one] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  await crossing.go();
  await one.go();
  yield {
    ...raiseTo(1),
    name: 'raise-min 1 while runs wait behind the default branch',
    expected: 'blocked',
    breaks: old.workflowIds,
  };
  yield {
    ...dropAt(1),
    name: 'drop-call 1 while runs wait behind the default branch',
    expected: 'blocked',
    breaks: old.workflowIds,
  };

  await old.finish();
  yield { ...raiseTo(1), name: 'raise-min 1 after the default runs ended', expected: 'safe' };
  yield { ...dropAt(1), name: 'drop-call 1 after the default runs ended', expected: 'safe' };

  await rig.retire(first);
  const second = await rig.startWorker({ code: 'default-2', buildId: 'shop-3' });
  const [two, asleep] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  await two.go();
  await waiting.go();
  const breaks = [...crossing.workflowIds, ...one.workflowIds];
  yield { ...raiseTo(2), name: 'raise-min 2 while runs hold version 1', expected: 'blocked', breaks };
  yield { ...dropAt(2), name: 'drop-call 2 while runs hold version 1', expected: 'blocked', breaks };

  await crossing.finish();
  await one.finish();
  const rolledBack = await rig.startWorker({ code: 'default-1', buildId: 'shop-2' });
  yield { ...raiseTo(2), name: 'raise-min 2 while a worker of version 1 polls', expected: 'blocked' };
  await rig.retire(rolledBack);
  yield { ...raiseTo(2), name: 'raise-min 2 after the runs of version 1 ended', expected: 'safe' };
  yield { ...dropAt(2), name: 'drop-call 2 after the runs of version 1 ended', expected: 'safe' };

  for (const runs of [waiting, two, asleep]) await runs.finish();
  await second.stop();
}
