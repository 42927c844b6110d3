import { z } from 'zod';
import { nameSchema, patchRefSchema, timestampSchema } from '#lib/api/shared/schemas.ts';

/** Who completed a task or polls: a deployment version `deployment:build`, or a build ID on a task queue. */
export const identitySchema = z.union([
  z.strictObject({ deploymentVersion: nameSchema, taskQueue: z.null(), buildId: z.null() }),
  z.strictObject({ deploymentVersion: z.null(), taskQueue: nameSchema, buildId: nameSchema }),
]);

const versionSchema = z.int().min(-1).max(1_000_000_000);
const coreCallSchema = z.enum(['patched', 'deprecate-patch']);

const manifestPatchSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('core'),
    id: nameSchema,
    workflowType: nameSchema.nullable().default(null),
    call: z.enum(['none', 'patched', 'deprecate-patch']),
  }),
  z.strictObject({
    kind: z.literal('version'),
    id: nameSchema,
    workflowType: nameSchema.nullable().default(null),
    /** maxSupported; null: no call. */
    version: versionSchema.nullable(),
  }),
]);

const questionClaimSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('deprecate') }),
  z.strictObject({ name: z.literal('remove') }),
  z.strictObject({ name: z.literal('raise-min'), version: versionSchema }),
  z.strictObject({ name: z.literal('drop-call'), version: versionSchema }),
]);

/** A claim as it travels; meanings are those of `FactClaim` (lib/domain/verdict/declared-facts.ts). */
export const claimSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids-name-one-code'), taskQueue: nameSchema.nullable() }),
  z.strictObject({
    kind: z.literal('manifest'),
    identity: identitySchema,
    patches: z.array(manifestPatchSchema).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('floor'),
    taskQueue: nameSchema,
    patch: patchRefSchema,
    workflowType: nameSchema.nullable(),
    call: coreCallSchema.nullable(),
    version: versionSchema.nullable(),
    since: timestampSchema,
  }),
  z.strictObject({
    kind: z.literal('callback'),
    use: z.enum(['none', 'in-use', 'all-on']),
    /** For `all-on` alone. */
    since: timestampSchema.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('types'),
    patch: patchRefSchema,
    workflowTypes: z.array(nameSchema).min(1).max(500),
  }),
  z.strictObject({
    kind: z.literal('queues'),
    workflowType: nameSchema,
    taskQueues: z.array(nameSchema).min(1).max(500),
  }),
  z.strictObject({ kind: z.literal('calls-together'), patch: patchRefSchema.nullable() }),
  z.strictObject({ kind: z.literal('identity-confirmed'), identity: identitySchema }),
  z.strictObject({
    kind: z.literal('replay-proof'),
    patch: patchRefSchema,
    question: questionClaimSchema,
    workflowId: nameSchema,
    runId: nameSchema,
    eventId: z.int().positive(),
  }),
]);
export type Claim = z.infer<typeof claimSchema>;

export const declarationSchema = z.object({
  id: z.string(),
  declaredBy: z.string(),
  declaredAt: timestampSchema,
  note: z.string(),
  claim: claimSchema,
  /** null: it stands. */
  withdrawn: z.object({ by: z.string(), at: timestampSchema }).nullable(),
  /** True: it stands in the configuration, and only there can it be changed. */
  isConfigured: z.boolean(),
});
export type Declaration = z.infer<typeof declarationSchema>;

export const declarationListSchema = z.object({ items: z.array(declarationSchema) });
export type DeclarationList = z.infer<typeof declarationListSchema>;

export const declareRequestSchema = z.strictObject({ claim: claimSchema, note: z.string().max(2_000).default('') });
export const withdrawRequestSchema = z.strictObject({ id: z.string().min(1).max(200) });
