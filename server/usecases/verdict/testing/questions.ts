import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { QuestionInput } from '#server/usecases/verdict/answer-question.ts';
import type { FakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';

/** Questions as tests ask them; nothing here answers. */
export const removal: QuestionInput = {
  question: { name: 'remove' },
  patchId: 'my-patch',
  workflowType: null,
  namespaces: ['default'],
  policy: 'open',
  mode: 'full',
  targetBuild: null,
  limits: { timeoutMs: 5_000, maxHistories: 100 },
};

export const deprecation: QuestionInput = { ...removal, question: { name: 'deprecate' } };

export function ctxOf(fake: FakeNamespaces, over: Partial<Ctx> = {}): Ctx {
  const base = testCtx(fake.port);
  return testCtx(fake.port, {
    config: { ...base.config, historiesPerSecond: 100_000 },
    ...over,
  });
}

export const codesOf = (check: { reasons: readonly { code: string }[] }) => check.reasons.map((reason) => reason.code);
