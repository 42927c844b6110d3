import type { Progress, Verdict } from '#lib/api/verdict/schemas.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { AskInput } from '#server/usecases/verdict/ask-verdict.ts';
import { toVerdict } from '#server/usecases/verdict/to-verdict.ts';

export interface PlayedCall {
  readonly ctx: Ctx;
  readonly input: AskInput;
  readonly tell: (progress: Progress) => void;
  readonly answer: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** `askVerdict` in the hands of a test: each call waits until it is answered. An abort ends none: that is the test's matter too. */
export function playAsk() {
  const calls: PlayedCall[] = [];
  const ask = (ctx: Ctx, input: AskInput, tell: (progress: Progress) => void): Promise<Verdict> => {
    const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
    calls.push({ ctx, input, tell, answer: resolve, fail: reject });
    return promise;
  };
  return { ask, calls };
}

/** An asked answer about nothing, with what a test says of it. */
export function askedVerdict(over: Partial<Verdict> & { readonly atMs?: number } = {}): Verdict {
  const { atMs = 1_000, ...rest } = over;
  const judged = judgePatch({
    question: { name: 'remove' },
    patchId: 'p',
    policy: 'open',
    types: [],
    otherTypes: [],
    areTypesKnown: true,
    facts: [],
    unreadCode: 'evidence-budget',
    unreadableRunIds: new Set(),
    target: null,
  });
  const verdict = toVerdict({ name: 'remove' }, judged, {
    source: 'asked',
    workflowType: null,
    policy: 'open',
    fromMs: atMs - 100,
    toMs: atMs,
    calls: 7,
    isStoppedAtBlocker: false,
    validUntilMs: atMs + 300_000,
    lastClosedLeavesMs: null,
  });
  return { ...verdict, ...rest };
}

/** One type of an asked answer. */
export function askedType(over: Partial<Verdict['byType'][number]> = {}): Verdict['byType'][number] {
  const { answer, reasons, notes, classes, wait } = askedVerdict({ answer: 'safe', reasons: [] });
  return {
    workflowType: 'Order',
    taskQueues: ['orders'],
    answer,
    reasons,
    notes,
    classes,
    wait,
    runsConsidered: 1,
    historiesRead: 1,
    identities: [identityRow('v2')],
    ...over,
  };
}

type Row = Verdict['byType'][number]['identities'][number];

/** A worker of queue `orders` that polled and wrote deprecated:true. */
export function identityRow(buildId: string, over: Partial<Row> = {}): Row {
  return {
    identity: { deploymentVersion: null, taskQueue: 'orders', buildId },
    isTrusted: true,
    isSuspect: false,
    live: 0,
    deprecated: 1,
    versions: [],
    isPolling: true,
    lastTask: null,
    ...over,
  };
}
