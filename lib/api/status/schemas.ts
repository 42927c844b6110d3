import { z } from 'zod';
import { pictureSchema } from '#lib/api/shared/schemas.ts';

const familySchema = z.object({
  state: z.enum(['on', 'off', 'unknown']),
  /** The exact server setting that turns it on. */
  setting: z.string(),
});

export const namespaceListSchema = z.object({ items: z.array(z.object({ name: z.string() })), default: z.string() });
export type NamespaceList = z.infer<typeof namespaceListSchema>;

const recordSchema = z.object({
  /** Over all namespaces; null: the store cannot be read. */
  entries: z.int().nullable(),
  /** The newest entry's number and hash, as `record verify --head` takes it; null: there is none. */
  head: z.string().nullable(),
  /** Why the store cannot be read; null: it can. */
  trouble: z.string().nullable(),
});

export const statusSchema = z.object({
  namespace: z.string(),
  address: z.string(),
  tls: z.boolean(),
  serverVersion: z.string().nullable(),
  clusterName: z.string().nullable(),
  families: z.object({ versionSets: familySchema, rules: familySchema, deployments: familySchema }),
  budgets: z.object({ visibilityPerSecond: z.number(), historiesPerSecond: z.number() }),
  picture: pictureSchema,
  isReadOnly: z.boolean(),
  readOnlyReason: z.string().nullable(),
  storePath: z.string(),
  record: recordSchema,
  patchboardVersion: z.string(),
  links: z.object({ temporalUi: z.string().nullable(), commit: z.string().nullable() }),
  /** Why Temporal could not be asked, null when it could. */
  trouble: z.object({ message: z.string(), hint: z.string() }).nullable(),
});
export type Status = z.infer<typeof statusSchema>;
