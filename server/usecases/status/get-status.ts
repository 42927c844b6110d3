import type { Status } from '#lib/api/status/schemas.ts';
import { PATCHBOARD_VERSION } from '#server/config/version.ts';
import { type CodedError, hasCode, isCodedError } from '#server/errors.ts';
import { type ChainHead, headText } from '#server/store/record/check-chain.ts';
import { FAMILY_SETTINGS, type Family } from '#server/temporal/families.ts';
import type { ApiFamilies, ServerInfo } from '#server/temporal/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';

/** The page must answer while Temporal does not: each question to it may take this long. */
const ASK_WITHIN_MS = 3_000;

/**
 * What Patchboard is connected to, what that server allows, and how the picture stands. Temporal's failure is part of the answer
 * (`trouble`), the store's of `record`; only an unknown namespace throws, as `namespace-not-found`.
 */
export async function getStatus(ctx: Ctx, { namespace }: { namespace: string }): Promise<Status> {
  const options = { signal: ctx.signal, deadlineMs: ASK_WITHIN_MS };
  const { config } = ctx;
  const [server, families, head] = await Promise.all([
    settle<ServerInfo>(ctx.temporal.getServerInfo(options)),
    settle<ApiFamilies>(ctx.temporal.probeFamilies({ namespace }, options)),
    settle<ChainHead>(ctx.store.record.head()),
  ]);
  const trouble = server.error ?? families.error;
  if (hasCode(families.error, 'namespace-not-found')) throw families.error;
  return {
    namespace,
    address: config.temporal.address,
    tls: config.temporal.tls !== null,
    serverVersion: server.value?.serverVersion ?? null,
    clusterName: server.value?.clusterName ?? null,
    families: {
      versionSets: familyOf('versionSets', families.value),
      rules: familyOf('rules', families.value),
      deployments: familyOf('deployments', families.value),
    },
    budgets: { visibilityPerSecond: config.visibilityPerSecond, historiesPerSecond: config.historiesPerSecond },
    picture: pictureOf(ctx.census.snapshot(namespace)),
    isReadOnly: config.readOnlyReason !== null,
    readOnlyReason: config.readOnlyReason,
    storePath: config.storePath,
    record: recordOf(head),
    patchboardVersion: PATCHBOARD_VERSION,
    links: config.links,
    trouble: trouble && { message: trouble.message, hint: trouble.hint },
  };
}

function recordOf({ value: head, error }: Settled<ChainHead>): Status['record'] {
  if (head === null) return { entries: null, head: null, trouble: error.message };
  return { entries: head.number, head: head.number === 0 ? null : headText(head), trouble: null };
}

function familyOf(family: Family, states: ApiFamilies | null): Status['families'][Family] {
  return { state: states?.[family] ?? 'unknown', setting: `${FAMILY_SETTINGS[family].setting}: true` };
}

type Settled<T> = { value: T; error: null } | { value: null; error: CodedError };

/** A coded failure as a value; anything else is a defect and is thrown. */
async function settle<T>(answer: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await answer, error: null };
  } catch (error) {
    if (!isCodedError(error) || error.code === 'aborted') throw error;
    return { value: null, error };
  }
}
