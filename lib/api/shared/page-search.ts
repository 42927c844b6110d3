import { z } from 'zod';
import { nameSchema } from '#lib/api/shared/schemas.ts';

/** A parameter of a page's address. Repeated: the first counts. Missing, empty or too long: null, and the page asks for it. */
const parameter = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => nameSchema.safeParse(Array.isArray(value) ? value[0] : value).data ?? null);

export const namespacePageSearch = z.object({ namespace: parameter });
export const namedPageSearch = z.object({ namespace: parameter, name: parameter });
/** `queue` null: of all queues. */
export const changesPageSearch = z.object({ namespace: parameter, queue: parameter });
/** `runId` null: the newest run of the workflow id. */
export const runPageSearch = z.object({ namespace: parameter, workflowId: parameter, runId: parameter });
export const patchPageSearch = z.object({
  namespace: parameter,
  kind: z.enum(['core', 'version']).nullable().catch(null),
  id: parameter,
});
