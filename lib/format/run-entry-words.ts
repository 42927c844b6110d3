import type { UnreadableReason } from '#lib/domain/patches/types.ts';
import type { Author, LensFact } from '#lib/domain/run-lens/types.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** Where a name in an entry leads. */
export type EntryLink =
  | { readonly to: 'queue'; readonly name: string }
  | { readonly to: 'patch'; readonly patch: { readonly kind: 'core' | 'version'; readonly id: string } }
  /** `workflowId` null: this run's own; `namespace` null: this page's. */
  | {
      readonly to: 'run';
      readonly namespace: string | null;
      readonly workflowId: string | null;
      readonly runId: string;
    };

/** Words with names from Temporal in them, some of which lead somewhere. */
export type EntryPhrase = readonly (string | { readonly name: string; readonly link?: EntryLink })[];

/** An entry as its words need it (`lensEntrySchema`). */
export interface EntryFacts {
  readonly count: number;
  readonly fact: LensFact;
}

/** What happened, in a sentence without its end. A failure's own message is not in it. */
export function entryPhrase({ fact, count }: EntryFacts): EntryPhrase {
  switch (fact.kind) {
    case 'started':
      return startedPhrase(fact);
    case 'tasks-completed':
      return [`${formatCount(count, 'workflow task')} completed`];
    case 'task-running':
      return ['Workflow task under way'];
    case 'task-failed': {
      const tasks = count === 1 ? 'Workflow task failed' : `${formatCount(count, 'workflow task')} failed`;
      return fact.isNondeterminism
        ? [`${tasks}: the code does not match the history`]
        : [`${tasks}: `, { name: fact.cause }];
    }
    case 'task-timed-out':
      return timedOutPhrase(fact.timeout, count);
    case 'patch':
      return [`${markerWords(fact)}: `, { name: fact.patch.id, link: { to: 'patch', patch: fact.patch } }];
    case 'unreadable-marker':
      return [`Marker that cannot be read: ${UNREADABLE_WORDS[fact.reason]}`];
    case 'labels':
      return labelsPhrase(fact);
    case 'reset':
      return fact.fromRunId === null
        ? ['Reset: the entries before are of the run that was reset']
        : ['Reset: the entries before are of run ', ownRun(fact.fromRunId)];
    case 'override':
      if (fact.to === null) return ['Versioning override taken away'];
      return fact.to === 'auto-upgrade'
        ? ['Versioning override: auto-upgrade']
        : ['Versioning override: pinned to ', { name: fact.to }];
    case 'pinned':
      return fact.to === null ? ['Pinned no longer'] : ['Pinned to ', { name: fact.to }];
    case 'leaves-build':
      return leavesPhrase(fact, count);
    case 'closed':
      return closedPhrase(fact);
  }
}

/** The call of the code that a marker comes from, with what the marker says. */
export function callWords({ deprecated, version }: { deprecated: boolean | null; version: number | null }): string {
  if (version !== null) return `version ${version} (GetVersion)`;
  return deprecated === true ? 'deprecated (deprecate_patch)' : 'live (patched)';
}

function markerWords(fact: Fact<'patch'>): string {
  if (fact.version !== null) return `Marker of version ${fact.version} (GetVersion)`;
  return fact.deprecated === true ? 'Deprecated marker (deprecate_patch)' : 'Live marker (patched)';
}

/** The entry as plain text, for sorting and the filter: what a reader sees, and the failure's message. */
export function entryText(entry: EntryFacts): string {
  const words = entryPhrase(entry).map((part) => (typeof part === 'string' ? part : escapeText(part.name)));
  const message = entry.fact.kind === 'task-failed' ? ` ${escapeText(entry.fact.message)}` : '';
  return `${words.join('')} ${entryBadge(entry.fact)?.word ?? ''}${message}`.trimEnd();
}

export interface EntryBadge {
  /** null: a mark without one of the four meanings. */
  readonly meaning: 'blocked' | 'unknown' | 'attention' | null;
  readonly word: string;
}

/** What to look at first; null: an ordinary entry. */
export function entryBadge(fact: LensFact): EntryBadge | null {
  switch (fact.kind) {
    case 'task-failed':
      return fact.isNondeterminism
        ? { meaning: 'blocked', word: 'nondeterminism' }
        : { meaning: 'attention', word: 'task failed' };
    case 'task-timed-out':
      // A worker that went away leaves its sticky queue behind: that is how a run moves to another worker.
      return fact.timeout === 'SCHEDULE_TO_START' ? null : { meaning: 'attention', word: 'timed out' };
    case 'unreadable-marker':
      return { meaning: 'unknown', word: 'unreadable' };
    case 'labels':
      return fact.total === null ? { meaning: 'unknown', word: 'unreadable' } : null;
    case 'leaves-build':
      return LEAVES;
    case 'closed':
      return fact.leavesBuild ? LEAVES : null;
    case 'started':
    case 'tasks-completed':
    case 'task-running':
    case 'patch':
    case 'reset':
    case 'override':
    case 'pinned':
      return null;
  }
}

const LEAVES: EntryBadge = { meaning: null, word: 'leaves the version set' };

/** Who did it, by what routing knows of it: its deployment version or its build. */
export function authorName(author: Author): string | null {
  return author.deploymentVersion ?? author.buildId;
}

/** Tasks that were only started: the server writes less of their worker. */
const STARTED_ONLY: ReadonlySet<LensFact['kind']> = new Set(['task-failed', 'task-timed-out', 'task-running']);

/** False: the history says of the worker only who it is, perhaps with its build; how it is routed to is not in it. */
export function isRoutingRecorded({ kind }: LensFact): boolean {
  return !STARTED_ONLY.has(kind);
}

/** How work is routed to this author. */
export function routingWord({ deploymentVersion, useVersioning }: Author): string {
  if (deploymentVersion !== null) return 'deployment version';
  return useVersioning ? 'version set' : 'unversioned';
}

const UNREADABLE_WORDS: Readonly<Record<UnreadableReason, string>> = {
  'encrypted-or-encoded': 'it is encrypted or encoded',
  'not-json': 'its payload is not JSON',
  'details-missing': 'it has no details',
  'id-missing': 'it names no patch',
  'deprecated-missing': 'it does not say whether it is deprecated',
  'version-missing': 'it names no version',
};

type Fact<Kind extends LensFact['kind']> = Extract<LensFact, { kind: Kind }>;

function ownRun(runId: string): EntryPhrase[number] {
  return { name: runId, link: { to: 'run', namespace: null, workflowId: null, runId } };
}

function startedPhrase(fact: Fact<'started'>): EntryPhrase {
  const { workflowType, taskQueue, continuedFromRunId, parent, inheritedBuildId } = fact;
  return [
    'Started ',
    { name: workflowType },
    ' on ',
    { name: taskQueue, link: { to: 'queue', name: taskQueue } },
    ...(continuedFromRunId === null ? [] : [', continued from run ', ownRun(continuedFromRunId)]),
    ...(parent === null ? [] : [', child of ', { name: parent.workflowId, link: { to: 'run' as const, ...parent } }]),
    ...(inheritedBuildId === null ? [] : [', in the version set of ', { name: inheritedBuildId }]),
  ];
}

function timedOutPhrase(timeout: string, count: number): EntryPhrase {
  const times = count === 1 ? '' : ` (${formatCount(count, 'time')})`;
  if (timeout === 'SCHEDULE_TO_START')
    return [`No worker took the workflow task from its sticky queue in time${times}`];
  if (timeout === 'START_TO_CLOSE') return [`The worker did not complete the workflow task in time${times}`];
  return ['Workflow task timed out: ', { name: timeout }, times];
}

/** Names in a sentence: more than these hide what the sentence says. */
const NAMED_LABELS = 3;

function labelsPhrase({ added, total }: Fact<'labels'>): EntryPhrase {
  if (total === null) return ['Labels that cannot be read'];
  const named = added.slice(0, NAMED_LABELS);
  const left = added.length - named.length;
  return [
    `${added.length === 1 ? 'Label' : 'Labels'} added: `,
    ...named.flatMap((name, index) => (index === 0 ? [{ name }] : [', ', { name }])),
    ...(left === 0 ? [] : [` and ${formatCount(left, 'more', 'more')}`]),
  ];
}

function leavesPhrase({ command, name }: Fact<'leaves-build'>, count: number): EntryPhrase {
  const [one, many] =
    command === 'activity' ? ['Activity ', 'activities of type '] : ['Child workflow ', 'child workflows of type '];
  const build = 'the queue’s default build, not the run’s';
  return count === 1
    ? [one, { name }, ` goes to ${build}`]
    : [formatCount(count, many, many), { name }, ` go to ${build}`];
}

const CLOSED_WORDS: Readonly<Record<Fact<'closed'>['status'], string>> = {
  completed: 'Completed',
  failed: 'Failed',
  canceled: 'Canceled',
  terminated: 'Terminated',
  'timed-out': 'Timed out',
  'continued-as-new': 'Continued as new',
};

export function closedWord(status: Fact<'closed'>['status'], isByReset: boolean): string {
  return isByReset ? 'Terminated by a reset' : CLOSED_WORDS[status];
}

function closedPhrase({ status, newRunId, isByReset, leavesBuild }: Fact<'closed'>): EntryPhrase {
  const next =
    newRunId === null ? [] : [status === 'continued-as-new' ? ' in run ' : ', followed by run ', ownRun(newRunId)];
  return [closedWord(status, isByReset), ...next, ...(leavesBuild ? [', on the queue’s default build'] : [])];
}
