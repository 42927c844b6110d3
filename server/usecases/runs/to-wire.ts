import type { LensEntryItem, RecordedPatch, Run } from '#lib/api/runs/schemas.ts';
import type { RunFacts } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import type { LensEntry, LensFact } from '#lib/domain/run-lens/types.ts';
import type { RunReading, RunRequest } from '#server/usecases/runs/read-run.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** Markers and labels of one run that an answer carries: ordinary runs have a handful. */
const LIST_MAX = 1_000;

export function toRun(reading: RunReading, request: RunRequest, nowMs: number): Run {
  const { facts, lens, eventsRead, cut } = reading;
  const end = closingOf(lens.entries);
  return {
    workflowId: request.workflowId,
    runId: request.runId === '' ? (facts.runId ?? '') : request.runId,
    workflowType: facts.workflowType,
    taskQueue: facts.taskQueue,
    asOf: timestampOf(nowMs),
    status: end?.fact.status ?? (cut === null ? 'open' : null),
    startTime: timestampOf(facts.startTimeMs),
    closeTime: timestampOf(end?.timeMs ?? null),
    endsBy: timestampOf(facts.endsByMs),
    nextRunId: end?.fact.newRunId ?? null,
    isByReset: end?.fact.isByReset ?? false,
    lastWorker: lens.newestTask?.author ?? null,
    lastTaskTime: timestampOf(lens.newestTask?.timeMs ?? null),
    pinnedTo: facts.pinnedByWorker,
    versioningOverride: facts.versioningOverride,
    patches: facts.markers.slice(0, LIST_MAX).map((marker) => recordedPatch(marker, facts)),
    patchCount: facts.markers.length,
    unreadableMarkers: facts.unreadable.length,
    labels: facts.labels.slice(0, LIST_MAX),
    labelCount: facts.labels.length,
    nondeterminism: facts.nondeterminismFailure && {
      message: facts.nondeterminismFailure.message,
      time: timestampOf(facts.nondeterminismFailure.timeMs),
    },
    eventsRead,
    cut,
    entries: lens.entries.map(entryItem),
    omitted: lens.omitted,
  };
}

function entryItem({ timeMs, lastTimeMs, ...rest }: LensEntry): LensEntryItem {
  return { ...rest, time: timestampOf(timeMs), lastTime: timestampOf(lastTimeMs) };
}

type ClosedFact = Extract<LensFact, { kind: 'closed' }>;

function closingOf(entries: readonly LensEntry[]): { readonly fact: ClosedFact; readonly timeMs: number } | null {
  const entry = entries.at(-1);
  return entry?.fact.kind === 'closed' ? { fact: entry.fact, timeMs: entry.timeMs } : null;
}

/** The values that SDKs put into TemporalChangeVersion: the id of `patched`, id and version of GetVersion. */
function recordedPatch({ kind, id, deprecated, version, eventId }: PatchMarker, { labels }: RunFacts): RecordedPatch {
  const label = kind === 'core' ? id : `${id}-${version}`;
  return { patch: { kind, id }, deprecated, version, eventId, isLabelled: labels.includes(label) };
}
