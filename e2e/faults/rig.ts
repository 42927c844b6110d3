import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portAt } from '#e2e/faults/patchboard.ts';
import { learnScenarios, type Scenario } from '#e2e/faults/scenarios.ts';
import { openSecondClient, type SecondClient } from '#e2e/faults/second-client.ts';
import { startWireTap, type WireTap } from '#e2e/faults/wire-tap.ts';
import { type Lane, startToxiproxy } from '#e2e/harness/toxiproxy.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { hasCode } from '#server/errors.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** One change at a time goes through each: Patchboard → Toxiproxy → tap → Temporal. */
export interface RigLane {
  readonly lane: Lane;
  readonly port: TemporalPort;
  /** Resolves when calls come through again. */
  readonly whenReachable: () => Promise<void>;
}

/** Everything between Patchboard and one real Temporal server that faults need, and who looks at it from outside. */
export interface Rig extends AsyncDisposable {
  /** The server's own address. */
  readonly address: string;
  readonly namespace: string;
  /** Path of a store file that ends with the rig. */
  readonly storePath: (name: string) => string;
  readonly tap: WireTap;
  readonly second: SecondClient;
  readonly scenarios: readonly Scenario[];
  readonly lanes: readonly RigLane[];
}

const REACHABLE_TIMEOUT_MS = 60_000;

export async function openRig(options: { address: string; namespace: string; lanes: number }): Promise<Rig> {
  const { address, namespace } = options;
  const parts = new AsyncDisposableStack();
  try {
    const folder = mkdtempSync(join(tmpdir(), 'patchboard-faults-'));
    parts.defer(() => rmSync(folder, { recursive: true, force: true }));
    const second = parts.use(await openSecondClient(address, namespace));
    const tap = parts.use(await startWireTap(address));
    const toxiproxy = parts.use(await startToxiproxy());
    const scenarios = await learnScenarios(second);
    const lanes: RigLane[] = [];
    for (let number = 0; number < options.lanes; number += 1) {
      const lane = await toxiproxy.openLane(tap.address);
      const port = portAt(lane.address, namespace);
      parts.defer(() => port.close());
      lanes.push({ lane, port, whenReachable: () => whenReachable(port, namespace) });
    }
    return {
      address,
      namespace,
      storePath: (name) => join(folder, `${name}.db`),
      tap,
      second,
      scenarios,
      lanes,
      [Symbol.asyncDispose]: () => parts.disposeAsync(),
    };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

function whenReachable(port: TemporalPort, namespace: string): Promise<void> {
  return waitFor(
    async () => {
      try {
        await port.getVersionSets({ namespace, taskQueue: 'nobody-knows' }, { deadlineMs: 1_000, maxAttempts: 1 });
      } catch (error) {
        if (hasCode(error, 'rate-limited')) return;
        throw error;
      }
      return true;
    },
    { what: 'Temporal being reachable again', timeoutMs: REACHABLE_TIMEOUT_MS },
  ).then(() => undefined);
}
