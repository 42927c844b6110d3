import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { createCensus } from '#server/census/census.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { askVerdict } from '#server/usecases/verdict/ask-verdict.ts';
import type { WorkerPlace } from '#e2e/harness/story-worker.ts';

const LIMITS = { timeoutMs: 60_000, maxHistories: 10_000 };

export interface Asked {
  readonly question: PatchQuestion;
  readonly patchId: string;
  /** null: every type known to use the patch. */
  readonly workflowType: string | null;
}

/** Patchboard over one namespace of a real server: its own adapters, picture and store; only the screen is missing. */
export interface StoryPatchboard extends AsyncDisposable {
  readonly ctx: Ctx;
  readonly declare: (...claims: readonly FactClaim[]) => Promise<void>;
  readonly ask: (asked: Asked) => Promise<Verdict>;
}

export async function openPatchboard({ address, namespace }: WorkerPlace): Promise<StoryPatchboard> {
  const temporal = createTemporal({ address, namespace, apiKey: null, tls: null, metadata: {} });
  const store = await createStore(':memory:');
  const base = testCtx(temporal, { store });
  const census = createCensus({ ...base, now: Date.now });
  const ctx = { ...base, census };
  let declared = 0;
  return {
    ctx,
    declare: async (...claims) => {
      for (const claim of claims) {
        declared += 1;
        await store.declareFact(namespace, {
          id: `story-${declared}`,
          declaredBy: 'story',
          declaredAtMs: Date.now(),
          note: '',
          claim,
        });
      }
    },
    ask: (asked) =>
      askVerdict(
        ctx,
        { ...asked, namespace, policy: 'open', mode: 'full', targetBuild: null, limits: LIMITS },
        () => undefined,
      ),
    [Symbol.asyncDispose]: async () => {
      await census.stop();
      temporal.close();
      await store.close();
    },
  };
}
