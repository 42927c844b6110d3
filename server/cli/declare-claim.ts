import { z } from 'zod';
import { type Claim, claimSchema } from '#lib/api/declarations/schemas.ts';
import type { PatchKind } from '#lib/domain/patches/types.ts';

/** The options of `declare` that say what is claimed. */
export interface ClaimOptions {
  readonly queue?: readonly string[];
  readonly patch?: string;
  readonly kind?: PatchKind;
  readonly call?: 'patched' | 'deprecate-patch';
  readonly version?: number;
  readonly since?: string;
  readonly workflowType?: readonly string[];
  readonly build?: string;
  readonly deploymentVersion?: string;
}

type OptionName = keyof ClaimOptions;

export const SPOKEN_CLAIMS = [
  'ids-name-one-code',
  'floor',
  'callback',
  'types',
  'queues',
  'calls-together',
  'confirm',
] as const;
export const FILED_CLAIMS = ['manifest', 'replay-proof'] as const;
export type Spoken = (typeof SPOKEN_CLAIMS)[number];

interface Shape {
  readonly needs: readonly OptionName[];
  readonly takes: readonly OptionName[];
  /** Of the options that may stand several times, those that may here. */
  readonly lists?: readonly OptionName[];
}

const SHAPE: Readonly<Record<Spoken, Shape>> = {
  'ids-name-one-code': { needs: [], takes: ['queue'] },
  floor: { needs: ['queue', 'patch', 'since'], takes: ['call', 'version', 'workflowType'] },
  callback: { needs: [], takes: ['since'] },
  types: { needs: ['patch', 'kind', 'workflowType'], takes: [], lists: ['workflowType'] },
  queues: { needs: ['workflowType', 'queue'], takes: [], lists: ['queue'] },
  'calls-together': { needs: [], takes: ['patch', 'kind'] },
  confirm: { needs: [], takes: ['queue', 'build', 'deploymentVersion'] },
};

const FLAG: Readonly<Record<OptionName, string>> = {
  queue: '--queue',
  patch: '--patch',
  kind: '--kind',
  call: '--call',
  version: '--version',
  since: '--since',
  workflowType: '--workflow-type',
  build: '--build',
  deploymentVersion: '--deployment-version',
};

/** The one claim that a command line makes, or the sentence that says what is wrong with it. `use`: for `callback` alone. */
export function claimFrom(
  what: Spoken,
  use: string | undefined,
  options: ClaimOptions,
): Claim | { readonly problem: string } {
  if (use !== undefined && what !== 'callback') return { problem: `${what} takes nothing more than options` };
  const problem = shapeProblem(what, options) ?? pairProblem(what, options);
  if (problem !== null) return { problem };
  const parsed = claimSchema.safeParse(rawClaim(what, use, options));
  return parsed.success ? parsed.data : { problem: z.prettifyError(parsed.error) };
}

/** Options that have a claim's content, of all that commander gives. */
export function strayFlags(options: ClaimOptions): readonly string[] {
  return given(options).map((name) => FLAG[name]);
}

function shapeProblem(what: Spoken, options: ClaimOptions): string | null {
  const { needs, takes, lists = [] } = SHAPE[what];
  const names = given(options);
  const stray = names.find((name) => !needs.includes(name) && !takes.includes(name));
  if (stray !== undefined) return `${FLAG[stray]} does not belong to ${what}`;
  const missing = needs.filter((name) => !names.includes(name));
  if (missing.length > 0) return `${what} needs ${missing.map((name) => FLAG[name]).join(' and ')}`;
  const many = names.find((name) => !lists.includes(name) && Array.isArray(options[name]) && options[name].length > 1);
  return many === undefined ? null : `${what} takes ${FLAG[many]} once`;
}

/** Options that stand only together, or only one of them. */
function pairProblem(what: Spoken, options: ClaimOptions): string | null {
  const { call, version, patch, kind, queue, build, deploymentVersion } = options;
  switch (what) {
    case 'floor':
      return (call === undefined) === (version === undefined)
        ? 'floor needs one of --call (patched, deprecate_patch) and --version (GetVersion)'
        : null;
    case 'calls-together':
      return (patch === undefined) === (kind === undefined) ? null : '--patch and --kind stand together';
    case 'confirm':
      return (deploymentVersion === undefined) === (queue !== undefined && build !== undefined) &&
        (queue === undefined) === (build === undefined)
        ? null
        : 'confirm needs --queue and --build, or --deployment-version';
    case 'ids-name-one-code':
    case 'callback':
    case 'types':
    case 'queues':
      return null;
  }
}

/** As `claimSchema` will check it. */
function rawClaim(what: Spoken, use: string | undefined, options: ClaimOptions): unknown {
  const { patch: id, kind, call = null, version = null, since = null, deploymentVersion, build } = options;
  const [queue = null] = options.queue ?? [];
  const [workflowType = null] = options.workflowType ?? [];
  switch (what) {
    case 'ids-name-one-code':
      return { kind: what, taskQueue: queue };
    case 'floor':
      return {
        kind: what,
        taskQueue: queue,
        patch: { kind: call === null ? 'version' : 'core', id },
        workflowType,
        call,
        version,
        since,
      };
    case 'callback':
      return { kind: what, use, since };
    case 'types':
      return { kind: what, patch: { kind, id }, workflowTypes: options.workflowType };
    case 'queues':
      return { kind: what, workflowType, taskQueues: options.queue };
    case 'calls-together':
      return { kind: what, patch: id === undefined ? null : { kind, id } };
    case 'confirm':
      return {
        kind: 'identity-confirmed',
        identity:
          deploymentVersion === undefined
            ? { deploymentVersion: null, taskQueue: queue, buildId: build }
            : { deploymentVersion, taskQueue: null, buildId: null },
      };
  }
}

function given(options: ClaimOptions): readonly OptionName[] {
  return OPTION_NAMES.filter((name) => options[name] !== undefined);
}

const OPTION_NAMES = [
  'queue',
  'patch',
  'kind',
  'call',
  'version',
  'since',
  'workflowType',
  'build',
  'deploymentVersion',
] as const satisfies readonly OptionName[];
