import { z } from 'zod';
import { PHASES } from '#e2e/faults/phases.ts';

/** What a Patchboard process is started with: one JSON argument. */
export const processOrder = z.object({
  storePath: z.string(),
  /** Where plans are made and where it settles. */
  address: z.string(),
  namespace: z.string(),
  isServing: z.boolean(),
  jobs: z.array(
    z.object({
      taskQueue: z.string(),
      phase: z.enum(PHASES),
      /** host:port of the lane that the change's calls take. */
      lane: z.string(),
      wish: z.object({
        planId: z.string(),
        confirm: z.union([z.literal(true), z.string()]),
        idempotencyKey: z.string(),
      }),
    }),
  ),
});
export type ProcessOrder = z.infer<typeof processOrder>;

/** What the process asks of its parent, which answers with the number once it is done; `strike` never is: it kills. */
export const processRequest = z.object({
  number: z.int(),
  taskQueue: z.string(),
  what: z.enum(['hold up', 'hold down', 'release', 'answered read', 'answered write', 'strike']),
});
export type ProcessRequest = z.infer<typeof processRequest>;
