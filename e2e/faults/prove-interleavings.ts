import { type Interleaved, interleave, POINTS } from '#e2e/faults/interleave.ts';
import { judgeInterleaved, type Verdict } from '#e2e/faults/judge-interleaved.ts';
import { LIFTED_LIMITS } from '#e2e/faults/lifted-limits.ts';
import { openPatchboard, portAt } from '#e2e/faults/patchboard.ts';
import { openRig } from '#e2e/faults/rig.ts';
import { workOff } from '#e2e/faults/work-off.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';

export interface InterleavingReport {
  readonly lines: readonly string[];
  /** What was wrong; empty: nothing. */
  readonly failures: readonly string[];
}

const ALLOWED: ReadonlySet<Verdict> = new Set<Verdict>(['detected', 'as planned', 'taken back']);
const SHOWN_MAX = 10;

/** So many meetings of Patchboard and a second writer at each point, on the newest server. */
export async function proveInterleavings(each: number, hands: number): Promise<InterleavingReport> {
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: LIFTED_LIMITS });
  await using rig = await openRig({ address: server.address, namespace: 'interleavings', lanes: 0 });
  const { address, namespace, tap, second } = rig;
  const port = portAt(tap.address, namespace);
  await using parts = new AsyncDisposableStack();
  parts.defer(() => port.close());
  const storePath = rig.storePath('interleaved');
  await using patchboard = await openPatchboard({ address, namespace, storePath, isServing: true });

  const jobs = POINTS.flatMap((point, index) =>
    Array.from({ length: each }, (_, number) => () => {
      return interleave({ patchboard, second, tap, port }, `queue-${index}-${number}`, point);
    }),
  );
  return report(
    await workOff(
      jobs,
      Array.from({ length: hands }, () => null),
    ),
  );
}

function report(met: readonly Interleaved[]): InterleavingReport {
  const judged = met.map((one) => ({ one, verdict: judgeInterleaved(one) }));
  const wrong = judged.filter(({ verdict }) => !ALLOWED.has(verdict));
  const count = (verdict: Verdict) => judged.filter((other) => other.verdict === verdict).length;
  const table = POINTS.flatMap((point) => {
    const these = judged.filter(({ one }) => one.point === point);
    const words = Map.groupBy(these, ({ one, verdict }) => `${one.change?.outcome} (${verdict})`);
    return [...words]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([word, group]) => `${point.padEnd(28)} ${String(group.length).padStart(4)}  ${word}`);
  });
  return {
    lines: [
      ...table,
      `${met.length} interleavings: ${count('detected')} detected, ${count('as planned')} exactly as planned all the same, ` +
        `${count('taken back')} taken back by the other and called unconfirmed`,
      `undetected: ${count('undetected')}`,
      `wrong states shown as right: ${count('wrong state shown')}`,
    ],
    failures: wrong.slice(0, SHOWN_MAX).map(({ one, verdict }) => `${verdict}: ${describe(one)}`),
  };
}

function describe({ change, ...met }: Interleaved): string {
  return JSON.stringify({ outcome: change?.outcome, message: change?.message, shown: change?.after, ...met });
}
