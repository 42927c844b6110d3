import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { isNondeterminism, isReset } from '#lib/domain/history/task-failures.ts';
import { decodeLabels } from '#lib/domain/patches/decode-labels.ts';
import { decodeMarker } from '#lib/domain/patches/decode-marker.ts';
import { authorOf } from '#lib/domain/run-lens/author.ts';
import { createEntryList } from '#lib/domain/run-lens/entry-list.ts';
import { startStretch, type Stretch } from '#lib/domain/run-lens/stretch.ts';
import type { Author, LensEntry, LensFact, RunLens } from '#lib/domain/run-lens/types.ts';

/** Folds one history, event by event in order of id, into what it says of versions. Memory is bounded, however long the history. */
export interface LensFold {
  readonly add: (event: HistoryEvent) => void;
  /** The lens up to the last event added; the fold may go on afterwards. */
  readonly finish: () => RunLens;
}

/** Messages hold whole stack traces: the beginning names the patch. */
const MESSAGE_MAX = 500;

export function createLensFold(): LensFold {
  const list = createEntryList();
  const labels = new Set<string>();
  let stretch: Stretch | null = null;
  /** Who completed the newest task: what follows it is theirs. */
  let author: Author | null = null;
  let authorEventId = 0;
  let newestTask: RunLens['newestTask'] = null;
  /** A started task that has neither completed nor failed. */
  let running: LensEntry | null = null;
  let pinnedTo: string | null = null;

  function add(event: HistoryEvent): void {
    switch (event.type) {
      case 'workflow-execution-started':
        pinnedTo = event.inheritedPin ?? null;
        put(event, null, startedFact(event));
        if (pinnedTo !== null) put(event, null, { kind: 'pinned', to: pinnedTo });
        if (event.versioningOverride !== undefined)
          put(event, null, { kind: 'override', to: event.versioningOverride });
        break;
      case 'workflow-task-scheduled':
        running = null;
        break;
      case 'workflow-task-started':
        running = entryOf(event, authorOf(event.worker, event.identity, NO_SDK), { kind: 'task-running' });
        break;
      case 'workflow-task-completed':
        running = null;
        author = authorOf(event.worker, event.identity, {
          name: event.sdk.name ?? author?.sdkName ?? null,
          version: event.sdk.version ?? author?.sdkVersion ?? null,
        });
        authorEventId = event.eventId;
        newestTask = { author, timeMs: event.timeMs };
        put(event, author, { kind: 'tasks-completed' });
        repin(event, event.isPinned === true ? event.worker.deploymentVersion : null);
        break;
      case 'workflow-task-failed': {
        const failedBy = running?.author ?? null;
        running = null;
        if (isReset(event)) put(event, null, resetFact(event));
        else put(event, failedBy, failedFact(event));
        break;
      }
      case 'workflow-task-timed-out':
        put(event, running?.author ?? null, { kind: 'task-timed-out', timeout: event.timeout });
        running = null;
        break;
      case 'marker-recorded':
        putMarker(event);
        break;
      case 'search-attributes-upserted':
        putLabels(event);
        break;
      case 'options-updated':
        put(event, null, { kind: 'override', to: event.versioningOverride });
        break;
      case 'activity-scheduled':
        if (leavesBuild(event)) {
          const { activityType: name, taskQueue } = event;
          put(event, author, { kind: 'leaves-build', command: 'activity', name, taskQueue });
        }
        break;
      case 'child-workflow-initiated':
        if (leavesBuild(event)) {
          const { workflowType: name, taskQueue } = event;
          put(event, author, { kind: 'leaves-build', command: 'child-workflow', name, taskQueue });
        }
        break;
      case 'workflow-execution-closed':
        running = null;
        put(event, BY_COMMAND.has(event.status) ? author : null, {
          kind: 'closed',
          status: event.status,
          newRunId: event.newRunId,
          isByReset: event.isByReset === true,
          leavesBuild: event.next !== undefined && leavesBuild(event.next),
        });
        break;
      case 'other':
        break;
    }
  }

  let ownQueue = '';

  /**
   * By default what a run starts on its own queue keeps its build; on another queue nothing can (the server refuses it). The flag
   * means something for version sets alone: Worker Deployments do not look at it, and some SDKs leave it out on unversioned workers.
   */
  function leavesBuild({ taskQueue, keepsBuild }: { taskQueue: string; keepsBuild: boolean }): boolean {
    const isInVersionSet = author?.useVersioning === true && author.deploymentVersion === null;
    return isInVersionSet && !keepsBuild && (taskQueue === ownQueue || taskQueue === '');
  }

  function startedFact(event: Extract<HistoryEvent, { type: 'workflow-execution-started' }>): LensFact {
    ownQueue = event.taskQueue;
    return {
      kind: 'started',
      workflowType: event.workflowType,
      taskQueue: event.taskQueue,
      continuedFromRunId: event.continuedFromRunId,
      parent: event.parent ?? null,
      inheritedBuildId: event.inheritedBuildId ?? null,
    };
  }

  function repin(event: HistoryEvent, to: string | null): void {
    if (to === pinnedTo) return;
    pinnedTo = to;
    put(event, author, { kind: 'pinned', to });
  }

  function putMarker(event: Extract<HistoryEvent, { type: 'marker-recorded' }>): void {
    const decoded = decodeMarker(event);
    if (decoded === null) return;
    const writer = writerOf(event);
    if ('unreadable' in decoded) {
      put(event, writer, { kind: 'unreadable-marker', reason: decoded.unreadable.reason });
      return;
    }
    const { kind, id, deprecated, version } = decoded.marker;
    put(event, writer, { kind: 'patch', patch: { kind, id }, deprecated, version });
  }

  function putLabels(event: Extract<HistoryEvent, { type: 'search-attributes-upserted' }>): void {
    if (event.changeVersion === null) return;
    const values = decodeLabels(event.changeVersion);
    const added = values.filter((value) => !labels.has(value));
    for (const value of added) labels.add(value);
    const isReadable = values.length > 0;
    if (isReadable && added.length === 0) return;
    put(event, writerOf(event), { kind: 'labels', added, total: isReadable ? values.length : null });
  }

  function writerOf({ workflowTaskCompletedEventId }: { workflowTaskCompletedEventId: number }): Author | null {
    return workflowTaskCompletedEventId === authorEventId ? author : null;
  }

  function put(event: HistoryEvent, by: Author | null, fact: LensFact): void {
    const entry = entryOf(event, by, fact);
    if (stretch?.take(entry) === true) return;
    for (const ended of stretch?.entries() ?? []) list.push(ended);
    stretch = startStretch(entry);
  }

  return {
    add,
    finish: () => ({
      ...list.with([...(stretch?.entries() ?? []), ...(running === null ? [] : [running])]),
      newestTask,
    }),
  };
}

const NO_SDK = { name: null, version: null };

/** Ends that the workflow's own code brought about. */
const BY_COMMAND: ReadonlySet<string> = new Set(['completed', 'failed', 'canceled', 'continued-as-new']);

function entryOf({ eventId, timeMs }: HistoryEvent, author: Author | null, fact: LensFact): LensEntry {
  return { eventId, lastEventId: eventId, timeMs, lastTimeMs: timeMs, count: 1, author, fact };
}

type FailedEvent = Extract<HistoryEvent, { type: 'workflow-task-failed' }>;

function failedFact(event: FailedEvent): LensFact {
  const { cause, message } = event;
  return {
    kind: 'task-failed',
    cause,
    message: message.slice(0, MESSAGE_MAX),
    isNondeterminism: isNondeterminism(event),
  };
}

function resetFact({ baseRunId, newRunId }: FailedEvent): LensFact {
  return { kind: 'reset', fromRunId: baseRunId ?? null, newRunId: newRunId ?? '' };
}
