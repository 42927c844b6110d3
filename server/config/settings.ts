import { isIP } from 'node:net';
import { z } from 'zod';
import type { ConfigProblem } from '#server/config/config-error.ts';
import { isLinkPattern } from '#server/config/link-pattern.ts';
import { sqlitePathOf } from '#server/config/store-path.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** RFC 1123 host names, as they stand in a Host header without the port. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/i;

/** More than this many calls a second is no budget but a slip of the keyboard. */
const RATE_MAX = 10_000;

const isHost = (text: string) => isIP(text.replace(/^\[(.*)\]$/, '$1')) !== 0 || HOST_NAME.test(text);

const flag = z
  .enum(['true', '1', 'yes', 'false', '0', 'no', ''], 'is neither true nor false')
  .default('')
  .transform((word) => ['true', '1', 'yes'].includes(word));

const names = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(',').flatMap((name) => name.trim() || []))]);

const rate = (usual: number) =>
  z.coerce
    .number('is not a number')
    .positive('is not above zero')
    .max(RATE_MAX, `is more than ${RATE_MAX} a second`)
    .default(usual);

function pathOrIssue(url: string, ctx: z.RefinementCtx<string>): string {
  const found = sqlitePathOf(url);
  if ('path' in found) return found.path;
  ctx.addIssue(found.problem);
  return z.NEVER;
}

const linkPattern = (placeholders: readonly string[]) =>
  z
    .string()
    .refine(isLinkPattern(placeholders), `is not an http or https address with ${placeholders.join(', ')} in it`)
    .nullable()
    .default(null);

/** Every PATCHBOARD_ variable that `Config` is made of, with a value that would do. */
const VARIABLES = {
  storePath: { name: 'DATABASE_URL', example: 'sqlite:/var/lib/patchboard/patchboard.db' },
  namespaces: { name: 'NAMESPACES', example: 'orders,payments' },
  isReadOnly: { name: 'READ_ONLY', example: 'true' },
  visibilityPerSecond: { name: 'VISIBILITY_RPS', example: '3' },
  historiesPerSecond: { name: 'HISTORY_RPS', example: '50' },
  host: { name: 'HOST', example: '127.0.0.1' },
  port: { name: 'PORT', example: '3000' },
  allowedHosts: { name: 'ALLOWED_HOSTS', example: 'patchboard.example.com' },
  temporalUi: {
    name: 'TEMPORAL_UI_URL',
    example: 'http://localhost:8233/namespaces/{namespace}/workflows/{workflowId}/{runId}/history',
  },
  commit: { name: 'COMMIT_URL', example: 'https://git.example.com/orders/commit/{buildId}' },
  buildIdsIdentifyCode: { name: 'BUILD_IDS_IDENTIFY_CODE', example: 'orders,payments' },
  patchCallbacks: { name: 'PATCH_CALLBACKS', example: 'orders' },
  mayWriteUnauthenticated: { name: 'ALLOW_UNAUTHENTICATED_WRITES', example: 'true' },
} as const;

const settingsSchema = z.object({
  storePath: z.string().transform(pathOrIssue).nullable().default(null),
  namespaces: names,
  isReadOnly: flag,
  visibilityPerSecond: rate(3),
  historiesPerSecond: rate(50),
  host: z.string().refine(isHost, 'is neither an IP address nor a host name').default('127.0.0.1'),
  port: z.coerce
    .number('is not a number')
    .int('is not a whole number')
    .min(1, 'is not a port')
    .max(65_535, 'is not a port')
    .default(3000),
  allowedHosts: names.refine((hosts) => hosts.every(isHost), 'names something that is not a host name without a port'),
  temporalUi: linkPattern(['{namespace}', '{workflowId}', '{runId}']),
  commit: linkPattern(['{buildId}']),
  buildIdsIdentifyCode: names,
  patchCallbacks: names,
  mayWriteUnauthenticated: flag,
} satisfies Record<keyof typeof VARIABLES, z.ZodType>);

export type Settings = z.output<typeof settingsSchema>;

/** Null when something was wrong; `problems` then says what. An empty variable counts as one that is not set. */
export function readSettings(env: Env, problems: ConfigProblem[]): Settings | null {
  const given = Object.entries(VARIABLES).map(([key, { name }]) => [
    key,
    env[`PATCHBOARD_${name}`]?.trim() || undefined,
  ]);
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const { name, example } = VARIABLES[path[0] as keyof typeof VARIABLES];
    const variable = `PATCHBOARD_${name}`;
    // A database's address may hold a password.
    const shown = name === 'DATABASE_URL' ? '' : `(${JSON.stringify(env[variable])}) `;
    problems.push({ variable, problem: `${shown}${message}`, example });
  }
  return null;
}
