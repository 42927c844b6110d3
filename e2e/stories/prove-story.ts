import { openPatchboard } from '#e2e/stories/patchboard.ts';
import type { Story } from '#e2e/stories/point.ts';
import { type PointProof, provePoint } from '#e2e/stories/prove-point.ts';
import { openRig, type RigOptions } from '#e2e/stories/rig.ts';

/** Plays a story and proves each of its points; ends its workers in every case. */
export async function proveStory(
  options: RigOptions,
  story: Story,
  onProof: (proof: PointProof) => void = () => undefined,
): Promise<readonly PointProof[]> {
  await using rig = await openRig(options);
  await using patchboard = await openPatchboard(rig.place);
  await patchboard.declare(...story.facts);
  const proofs: PointProof[] = [];
  for await (const point of story.play(rig)) {
    const proof = await provePoint(rig, patchboard, point);
    onProof(proof);
    proofs.push(proof);
  }
  return proofs;
}
