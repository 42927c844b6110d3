import type { Story, StoryPoint } from '#e2e/stories/point.ts';
import type { StoryRig } from '#e2e/stories/rig.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';

const PATCH = 'my-patch';

/** Each workflow has the call at one place, and no worker a callback. */
const FACTS: readonly FactClaim[] = [
  { kind: 'callback', use: 'none' },
  { kind: 'calls-together', patch: null },
];

/** Build IDs that people chose. */
export const PYTHON_STORY: Story = {
  facts: [...FACTS, { kind: 'ids-name-one-code', taskQueue: null }],
  play: (rig) => play(rig, { buildIds: ['shop-1', 'shop-2', 'shop-3'], keepsFalse: true }),
};

/** The SDK's own build IDs, which hash the bundle: nothing has to be declared of them. */
export const TYPESCRIPT_STORY: Story = {
  facts: FACTS,
  play: (rig) => play(rig, { buildIds: [], keepsFalse: false }),
};

interface CoreSdk {
  /** Of the first three stages; empty: the SDK's own. */
  readonly buildIds: readonly string[];
  /** `patched` that once said false says so for the rest of the run. */
  readonly keepsFalse: boolean;
}

const STAGES = ['stage-1-initial', 'stage-2-patched', 'stage-3-deprecated', 'stage-4-complete'] as const;

/** The whole life of a patch: initial, patched, deprecated, gone; runs held before, at and after it, and loops that meet it again. */
async function* play(rig: StoryRig, { buildIds, keepsFalse }: CoreSdk): AsyncGenerator<StoryPoint, void, void> {
  const startStage = (index: 0 | 1 | 2) => {
    const buildId = buildIds[index];
    return rig.startWorker({ code: STAGES[index], ...(buildId === undefined ? {} : { buildId }) });
  };
  const deprecate = {
    patchId: PATCH,
    workflowType: 'Order',
    question: { name: 'deprecate' },
    changed: STAGES[2],
    breaks: [],
  } satisfies Partial<StoryPoint>;
  const remove = {
    ...deprecate,
    question: { name: 'remove' },
    changed: STAGES[3],
  } satisfies Partial<StoryPoint>;

  const initial = await startStage(0);
  const [crossing, old] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  const loop = await rig.startCrowd('Loop');
  await old.go();
  await loop.go();
  await rig.retire(initial);

  const patched = await startStage(1);
  const [waiting, live] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  const young = await rig.startCrowd('Loop');
  for (const runs of [crossing, live, young, loop]) await runs.go();
  yield {
    ...deprecate,
    name: 'deprecate while runs wait behind the old branch',
    expected: 'blocked',
    breaks: old.workflowIds,
  };
  yield {
    ...deprecate,
    name: 'deprecate while loops took the old branch in their first round',
    workflowType: 'Loop',
    expected: 'blocked',
    breaks: loop.workflowIds,
  };

  await old.finish();
  await loop.finish();
  // Where `false` is not kept, nothing but its end shows that such a run passed no patch before its marker.
  if (!keepsFalse) await crossing.finish();
  const straggler = await startStage(0);
  yield { ...deprecate, name: 'deprecate while a worker of the first stage polls', expected: 'unknown' };
  await rig.retire(straggler);
  yield { ...deprecate, name: 'deprecate after the old runs ended', expected: 'safe' };
  yield { ...deprecate, name: 'deprecate after the old loops ended', workflowType: 'Loop', expected: 'safe' };

  await rig.retire(patched);
  const deprecated = await startStage(2);
  const [late, asleep] = [await rig.startCrowd('Order'), await rig.startCrowd('Order')];
  await late.go();
  await waiting.go();
  yield {
    ...remove,
    name: 'remove while runs hold live markers',
    expected: 'blocked',
    breaks: keepsFalse ? [...crossing.workflowIds, ...live.workflowIds] : live.workflowIds,
  };

  await live.finish();
  if (keepsFalse) await crossing.finish();
  const rolledBack = await startStage(1);
  yield { ...remove, name: 'remove while a worker of the second stage polls', expected: 'blocked' };
  await rig.retire(rolledBack);
  yield { ...remove, name: 'remove after the runs with live markers ended', expected: 'safe' };

  for (const runs of [waiting, late, asleep, young]) await runs.finish();
  await deprecated.stop();
}
