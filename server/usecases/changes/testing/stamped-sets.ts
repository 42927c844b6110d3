import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { CodedError } from '#server/errors.ts';

/**
 * Version sets as Temporal's matching service stores them: stamps, from which order follows. It shares no code and no idea with
 * the model in lib/domain, which knows only order, so that each can find the other wrong.
 */
export interface StampedSets {
  readonly read: () => VersionSets;
  /** Throws `not-found` or `refused`. */
  readonly apply: (operation: VersionSetOperation) => void;
}

interface Row {
  readonly id: string;
  set: number;
  stamp: number;
}

export function createStampedSets(): StampedSets {
  const rows: Row[] = [];
  const setStamps = new Map<number, number>();
  let clock = 0;

  const row = (id: string) => rows.find((candidate) => candidate.id === id);
  const need = (id: string) => {
    const found = row(id);
    if (!found) throw new CodedError('not-found', `${id} not found`, '');
    return found;
  };
  const no = (why: string): never => {
    throw new CodedError('refused', why, '');
  };
  const stampOf = (set: number) => setStamps.get(set) ?? 0;
  const newestSet = () => [...setStamps].sort((a, b) => b[1] - a[1])[0]?.[0];
  const members = (set: number) => rows.filter((member) => member.set === set).sort((a, b) => a.stamp - b.stamp);
  const isDefault = (member: Row) => members(member.set).at(-1) === member;

  function apply(operation: VersionSetOperation): void {
    const now = (clock += 1);
    switch (operation.kind) {
      case 'add-new-default': {
        const present = row(operation.buildId);
        if (present) {
          const isAlone = members(present.set).length === 1 && present.set === newestSet();
          if (!isAlone) no('already exists');
          return;
        }
        rows.push({ id: operation.buildId, set: now, stamp: now });
        setStamps.set(now, now);
        return;
      }
      case 'add-new-compatible': {
        const host = need(operation.existingBuildId);
        const present = row(operation.newBuildId);
        if (present) {
          if (present.set !== host.set) no('incompatible');
          if (operation.asQueueDefault && present.set !== newestSet()) no('not default for queue');
          if (!isDefault(present)) no('not default in set');
          return;
        }
        rows.push({ id: operation.newBuildId, set: host.set, stamp: now });
        if (operation.asQueueDefault) setStamps.set(host.set, now);
        return;
      }
      case 'promote-set':
        setStamps.set(need(operation.buildId).set, now);
        return;
      case 'promote-within-set':
        need(operation.buildId).stamp = now;
        return;
      case 'merge-sets': {
        const primary = need(operation.primaryBuildId);
        const secondary = need(operation.secondaryBuildId);
        if (primary.set === secondary.set) return;
        const winner = members(primary.set).at(-1);
        if (winner) winner.stamp = now;
        setStamps.set(primary.set, Math.max(stampOf(primary.set), stampOf(secondary.set)));
        setStamps.delete(secondary.set);
        const old = secondary.set;
        for (const member of rows) if (member.set === old) member.set = primary.set;
      }
    }
  }

  return {
    apply,
    read: () => ({
      sets: [...setStamps.keys()]
        .sort((a, b) => stampOf(a) - stampOf(b))
        .map((set) => ({ buildIds: members(set).map((member) => member.id) })),
    }),
  };
}
