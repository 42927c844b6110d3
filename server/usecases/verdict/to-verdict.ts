import type {
  Note as WireNote,
  Reason as WireReason,
  TypeVerdict as WireType,
  Verdict,
} from '#lib/api/verdict/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type {
  Note,
  PatchVerdict,
  Policy,
  Reason,
  RunExample,
  TypeVerdict,
  Wait,
  WorkerExample,
} from '#lib/domain/verdict/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { toDeclaration } from '#server/usecases/declarations/to-declaration.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** How a verdict came about. Times are epoch ms. */
export interface VerdictMeta {
  readonly source: Verdict['source'];
  readonly workflowType: string | null;
  readonly policy: Policy;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Visibility and history calls. */
  readonly calls: number;
  readonly isStoppedAtBlocker: boolean;
  readonly validUntilMs: number | null;
  readonly lastClosedLeavesMs: number | null;
  /** Queues that were looked at, by workflow type; absent: none were. */
  readonly queues?: ReadonlyMap<string, readonly string[]>;
}

/** A verdict as it travels. */
export function toVerdict(question: PatchQuestion, verdict: PatchVerdict, meta: VerdictMeta): Verdict {
  const { source, workflowType, policy, calls, isStoppedAtBlocker } = meta;
  return {
    question: question.name,
    min: 'version' in question ? question.version : null,
    workflowType,
    source,
    ...toJudged(verdict),
    evidence: {
      from: timestampOf(meta.fromMs),
      to: timestampOf(meta.toMs),
      policy,
      historiesRead: verdict.historiesRead,
      runsConsidered: verdict.runsConsidered,
      calls,
    },
    isStoppedAtBlocker,
    validUntil: timestampOf(meta.validUntilMs),
    lastClosedLeaves: timestampOf(meta.lastClosedLeavesMs),
    assumptions: verdict.assumptions.map(declared),
    contradictions: verdict.contradictions.map(({ fact, why, seen }) => ({ fact: declared(fact), why, seen })),
    byType: verdict.byType.map((type) => toTypeVerdict(type, meta.queues?.get(type.workflowType) ?? [])),
  };
}

/** The part that a verdict over several namespaces has too. */
export function toJudged(verdict: Pick<PatchVerdict, 'answer' | 'reasons' | 'notes' | 'classes' | 'wait'>) {
  return {
    answer: verdict.answer,
    reasons: verdict.reasons.map(toReason),
    notes: verdict.notes.map(toNote),
    classes: { ...verdict.classes },
    wait: verdict.wait && toWait(verdict.wait),
  };
}

function toWait({ latestEndMs, endlessRuns }: Wait): NonNullable<Verdict['wait']> {
  return { latestEnd: timestampOf(latestEndMs), endlessRuns };
}

function toTypeVerdict(verdict: TypeVerdict, taskQueues: readonly string[]): WireType {
  const { workflowType, runsConsidered, historiesRead, identities } = verdict;
  return {
    workflowType,
    taskQueues: [...taskQueues],
    ...toJudged(verdict),
    runsConsidered,
    historiesRead,
    identities: identities.map(({ lastTaskMs, versions, ...row }) => ({
      ...row,
      versions: [...versions],
      lastTask: timestampOf(lastTaskMs),
    })),
  };
}

function toReason({ code, count, examples, workers, workflowTypes }: Reason): WireReason {
  return {
    code,
    count,
    examples: examples.map(toExample),
    workers: workers.map(toWorker),
    workflowTypes: [...workflowTypes],
  };
}

function toNote({ code, count, examples }: Note): WireNote {
  return { code, count, examples: examples.map(toExample) };
}

function toExample({ startTimeMs, endsByMs, ...run }: RunExample): WireReason['examples'][number] {
  return { ...run, startTime: timestampOf(startTimeMs), endsBy: timestampOf(endsByMs) };
}

function toWorker({ lastPollMs, pollers, ...worker }: WorkerExample): WireReason['workers'][number] {
  return { ...worker, pollers: [...pollers], lastPoll: timestampOf(lastPollMs) };
}

/** Only standing facts reach a verdict; those of a command line have no note. */
function declared(fact: DeclaredFact & { readonly note?: string }) {
  return toDeclaration({ note: '', ...fact, withdrawn: null });
}
