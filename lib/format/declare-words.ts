import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { ClaimOf, CoreCall, FactClaim, IdentityName, ManifestPatch } from '#lib/domain/verdict/declared-facts.ts';
import { formatNumber } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { shellQuote } from '#lib/format/shell-quote.ts';
import { wordList } from '#lib/format/word-list.ts';

/** A sentence names at most so many things and counts the rest; lists of everything stand elsewhere. */
const NAMES_MAX = 5;

/** What a declared fact claims, to follow "assuming": the only place where claims become words. Names are escaped. */
export function claimWords(claim: FactClaim): string {
  switch (claim.kind) {
    case 'ids-name-one-code':
      return `build IDs of ${claim.taskQueue === null ? 'the namespace' : `queue ${escapeText(claim.taskQueue)}`} name one code`;
    case 'manifest':
      return manifestWords(claim);
    case 'floor':
      return `since ${timeOf(claim.sinceMs)} every worker of queue ${escapeText(claim.taskQueue)} ${floorCall(claim)}${inType(claim.workflowType)}`;
    case 'callback':
      return callbackWords(claim);
    case 'types':
      return `only ${named('workflow type', claim.workflowTypes)} ${claim.workflowTypes.length === 1 ? 'uses' : 'use'} ${patchName(claim.patch)}`;
    case 'queues':
      return `${named('queue', claim.taskQueues)} ${claim.taskQueues.length === 1 ? 'serves' : 'serve'} workflow type ${escapeText(claim.workflowType)} too`;
    case 'calls-together':
      return `all calls of ${claim.patch === null ? 'each patch' : patchName(claim.patch)} entered the code in one deploy, and became deprecate_patch in one`;
    case 'identity-confirmed':
      return `${identityName(claim.identity)} was confirmed to name one code`;
    case 'replay-proof':
      return `${changedCode(claim)} replayed run ${escapeText(claim.runId)} of workflow ${escapeText(claim.workflowId)} up to event ${claim.eventId}`;
  }
}

/** A deployment version, or a build ID with its queue. */
export function identityName(identity: IdentityName): string {
  return identity.deploymentVersion === null
    ? `build ${escapeText(identity.buildId)} of queue ${escapeText(identity.taskQueue)}`
    : `deployment version ${escapeText(identity.deploymentVersion)}`;
}

const CALL_WORDS: Readonly<Record<CoreCall, string>> = {
  none: 'no call',
  patched: 'patched',
  'deprecate-patch': 'deprecate_patch',
};

function changedCode({ question, patch }: ClaimOf<'replay-proof'>): string {
  const id = escapeText(patch.id);
  switch (question.name) {
    case 'deprecate':
      return `code with patched of ${id} that fails in place of the old branch`;
    case 'remove':
      return `code without deprecate_patch of ${id}`;
    case 'raise-min':
      return `code with minSupported ${question.version} of ${id}`;
    case 'drop-call':
      return `code without GetVersion of ${id}, with the branch of version ${question.version},`;
  }
}

function manifestWords({ identity, patches }: ClaimOf<'manifest'>): string {
  const told = patches.slice(0, NAMES_MAX).map(manifestPatchWords);
  return `${identityName(identity)} has ${andMore(told, patches.length)}`;
}

function manifestPatchWords(patch: ManifestPatch): string {
  const where = `${escapeText(patch.id)}${inType(patch.workflowType)}`;
  if (patch.kind === 'core') return `${CALL_WORDS[patch.call]} of ${where}`;
  return patch.version === null ? `no GetVersion of ${where}` : `GetVersion up to ${patch.version} of ${where}`;
}

function floorCall({ call, version, patch }: ClaimOf<'floor'>): string {
  return call === null
    ? `records at least version ${version ?? '?'} of ${patchName(patch)}`
    : `runs at least ${CALL_WORDS[call]} of ${patchName(patch)}`;
}

function callbackWords(claim: ClaimOf<'callback'>): string {
  switch (claim.use) {
    case 'none':
      return 'no patch activation callback is in use';
    case 'in-use':
      return 'a patch activation callback is in use';
    case 'all-on':
      return `since ${timeOf(claim.sinceMs)} the patch activation callback turns every patch on`;
  }
}

/** The same id may exist in both kinds. */
function patchName({ kind, id }: PatchRef): string {
  return kind === 'version' ? `${escapeText(id)} (GetVersion)` : escapeText(id);
}

function inType(workflowType: string | null): string {
  return workflowType === null ? '' : ` in workflow type ${escapeText(workflowType)}`;
}

function named(noun: string, names: readonly string[]): string {
  const told = names.slice(0, NAMES_MAX).map(escapeText);
  return `${noun}${names.length === 1 ? '' : 's'} ${andMore(told, names.length)}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
function andMore(told: readonly string[], count: number): string {
  const rest = count - told.length;
  const parts = rest > 0 ? [...told, `${formatNumber(rest)} more`] : told;
  return parts.length === 0 ? 'nothing' : wordList(parts);
}

function timeOf(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : 'an unknown time';
}

/** The shell line that declares the claim, quoted for a POSIX shell. What takes a file reads it from the line itself. */
export function declareCommand(namespace: string, claim: FactClaim): string {
  const declare = (...words: readonly string[]) =>
    ['patchboard declare', ...words, ...option('namespace', namespace)].join(' ');
  switch (claim.kind) {
    case 'ids-name-one-code':
      return declare(claim.kind, ...option('queue', claim.taskQueue));
    case 'manifest':
      return piped(manifestJson(claim), declare(claim.kind, '-'));
    case 'floor':
      return declare(claim.kind, ...floorOptions(claim));
    case 'callback':
      return declare(claim.kind, claim.use, ...option('since', claim.use === 'all-on' ? sinceOf(claim.sinceMs) : null));
    case 'types':
      return declare(claim.kind, ...patchOptions(claim.patch), ...options('workflow-type', claim.workflowTypes));
    case 'queues':
      return declare(claim.kind, ...option('workflow-type', claim.workflowType), ...options('queue', claim.taskQueues));
    case 'calls-together':
      return declare(claim.kind, ...(claim.patch === null ? [] : patchOptions(claim.patch)));
    case 'identity-confirmed':
      return declare('confirm', ...identityOptions(claim.identity));
    case 'replay-proof': {
      const { kind: _kind, ...proof } = claim;
      return piped([proof], declare(claim.kind, '-'));
    }
  }
}

function floorOptions({ taskQueue, patch, call, version, sinceMs, workflowType }: ClaimOf<'floor'>): readonly string[] {
  return [
    ...option('queue', taskQueue),
    ...option('patch', patch.id),
    ...option('call', call),
    ...option('version', version === null ? null : String(version)),
    ...option('since', sinceOf(sinceMs)),
    ...option('workflow-type', workflowType),
  ];
}

function patchOptions({ kind, id }: PatchRef): readonly string[] {
  return [...option('patch', id), ...option('kind', kind)];
}

function identityOptions({ deploymentVersion, taskQueue, buildId }: IdentityName): readonly string[] {
  return [
    ...option('deployment-version', deploymentVersion),
    ...option('queue', taskQueue),
    ...option('build', buildId),
  ];
}

/** As the file that CI writes: without what is null. */
function manifestJson({ identity, patches }: ClaimOf<'manifest'>) {
  const { deploymentVersion, taskQueue, buildId } = identity;
  return { identity: deploymentVersion === null ? { taskQueue, buildId } : { deploymentVersion }, patches };
}

function piped(value: unknown, command: string): string {
  return `printf %s ${shellQuote(JSON.stringify(value))} | ${command}`;
}

function options(name: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => option(name, value));
}

function option(name: string, value: string | null): readonly string[] {
  return value === null ? [] : [`--${name}`, shellQuote(value)];
}

function sinceOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
