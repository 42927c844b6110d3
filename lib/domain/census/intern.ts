import type { WorkerStamp } from '#lib/domain/history/events.ts';

/** Gives equal values as one object, so that ten thousand runs of one type hold its name once. */
export interface Interner {
  readonly text: <T extends string | null>(value: T) => T;
  readonly list: (values: readonly string[]) => readonly string[];
  readonly stamp: (stamp: WorkerStamp) => WorkerStamp;
}

/** Distinct values kept before the table starts anew; values handed out stay good. Bounds what unusual names can cost. */
const TABLE_SIZE = 20_000;

const NONE: readonly string[] = [];

export function createInterner(): Interner {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const stamps = new Map<string, WorkerStamp>();

  const text = <T extends string | null>(value: T): T => {
    // `once` gives an equal string, so the literal type still holds.
    return (value === null ? value : once(texts, value, () => value)) as T;
  };
  return {
    text,
    list: (values) => (values.length === 0 ? NONE : once(lists, JSON.stringify(values), () => values.map(text))),
    stamp: (stamp) =>
      once(stamps, keyOf(stamp), () => ({
        buildId: text(stamp.buildId),
        useVersioning: stamp.useVersioning,
        deploymentVersion: text(stamp.deploymentVersion),
      })),
  };
}

/** Equal for equal stamps, and for no others. Asked for every task of every run, so it is only put together. */
function keyOf({ buildId, useVersioning, deploymentVersion }: WorkerStamp): string {
  const deployment = deploymentVersion === null ? '-' : `${deploymentVersion.length}:${deploymentVersion}`;
  return `${useVersioning}${deployment}${buildId === null ? '' : `+${buildId}`}`;
}

function once<T>(table: Map<string, T>, key: string, make: () => T): T {
  const known = table.get(key);
  if (known !== undefined) return known;
  if (table.size >= TABLE_SIZE) table.clear();
  const made = make();
  table.set(key, made);
  return made;
}
