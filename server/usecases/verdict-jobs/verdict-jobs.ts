import { randomUUID } from 'node:crypto';
import type { AskRequest, Progress, Verdict, VerdictJob } from '#lib/api/verdict/schemas.ts';
import { createGate } from '#server/census/gate.ts';
import { CodedError, isCodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';
import { answerKey } from '#server/usecases/verdict/answer-key.ts';
import type { AskInput } from '#server/usecases/verdict/ask-verdict.ts';
import { createPollerWatch, type PollerWatch } from '#server/usecases/verdict-jobs/poller-watch.ts';
import { questionOf } from '#server/usecases/verdict-jobs/question-of.ts';

/** Two questions share the calls that the namespace allows; a third would only make all of them slow. */
const GATHERING_MAX = 2;
/** Waiting ones included. */
const UNDER_WAY_MAX = 100;
const FINISHED_MAX = 200;
const FINISHED_KEPT_MS = 30 * 60_000;

/** `full` reads all there is; `answer` is for somebody who waits. */
const LIMITS: Readonly<Record<AskRequest['mode'], AskInput['limits']>> = {
  full: { timeoutMs: 10 * 60_000, maxHistories: 200_000 },
  answer: { timeoutMs: 120_000, maxHistories: 2_000 },
};

/**
 * Questions that are being answered, or were, in this process. They outlive the request that asked: only `stop` and the end of the
 * process end one. Answers themselves are stored (`Store.saveAnswer`) and outlive the process.
 */
export interface VerdictJobs {
  /**
   * Starts to answer, or joins the job that gathers for an equal question. Two gather at a time, the others wait in order. Throws
   * `invalid-request` for a question that does not suit the patch, `rate-limited` when too many wait, `aborted` at the end of the process.
   */
  readonly ask: (ctx: Ctx, namespace: string, request: AskRequest) => VerdictJob;
  /** null: there is none, or it ended too long ago. */
  readonly get: (namespace: string, id: string) => VerdictJob | null;
  /** Ends a job that gathers or waits; one that has ended stays as it is. null: there is none. */
  readonly stop: (namespace: string, id: string) => VerdictJob | null;
  /** Who polls now, for answers that are read again. */
  readonly pollers: PollerWatch;
  /** Ends every job and waits for its calls to end. */
  readonly stopAll: () => Promise<void>;
}

interface VerdictJobsDeps {
  /** `askVerdict`. */
  readonly ask: (ctx: Ctx, input: AskInput, onProgress: (progress: Progress) => void) => Promise<Verdict>;
  readonly now: () => number;
}

interface Work {
  readonly key: string;
  readonly stopping: AbortController;
  job: VerdictJob;
}

const NOTHING_YET: Progress = { phase: 'listing', historiesRead: 0, historiesWanted: 0, calls: 0 };

export function createVerdictJobs({ ask, now }: VerdictJobsDeps): VerdictJobs {
  const gate = createGate(GATHERING_MAX);
  const stopped = new AbortController();
  /** By key: what an equal question joins. */
  const gathering = new Map<string, Work>();
  /** In order of their end. */
  const finished = new Map<string, Work>();
  /** Every work until its calls have ended, stopped ones too. */
  const running = new Set<Promise<void>>();

  function forgetOld(): void {
    const beforeMs = now() - FINISHED_KEPT_MS;
    for (const [id, { job }] of finished) {
      const isOld = job.endedAt !== null && Date.parse(job.endedAt) < beforeMs;
      if (!isOld && finished.size <= FINISHED_MAX) return;
      finished.delete(id);
    }
  }

  /** The first end counts: a job that was stopped stays so, whatever its calls still bring. */
  function end(work: Work, how: Pick<VerdictJob, 'state'> & Partial<VerdictJob>): void {
    if (work.job.state !== 'gathering') return;
    work.job = { ...work.job, ...how, endedAt: timestampOf(now()) };
    gathering.delete(work.key);
    finished.set(work.job.id, work);
    forgetOld();
  }

  async function gather(ctx: Ctx, input: AskInput, work: Work): Promise<void> {
    const { signal } = work.stopping;
    try {
      await gate.run(async () => {
        if (signal.aborted) return;
        const verdict = await ask({ ...ctx, signal }, input, (progress) => {
          if (work.job.state === 'gathering') work.job = { ...work.job, progress };
        });
        end(work, { state: 'done', verdict, progress: { ...work.job.progress, phase: 'done' } });
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!isCodedError(error)) ctx.log.error({ err: error }, 'a question failed');
      end(work, { state: 'failed', error: told(error) });
    }
  }

  function find(namespace: string, id: string): Work | null {
    forgetOld();
    const work = finished.get(id) ?? gathering.values().find(({ job }) => job.id === id);
    return work?.job.namespace === namespace ? work : null;
  }

  function stop(work: Work): void {
    work.stopping.abort();
    end(work, { state: 'stopped' });
  }

  return {
    ask: (ctx, namespace, request) => {
      const { patch, min, workflowType, policy, mode } = request;
      const question = questionOf({ kind: patch.kind, question: request.question, min });
      const subject = { question, patchId: patch.id, workflowType, policy, targetBuild: null };
      const key = JSON.stringify([namespace, mode, answerKey(subject)]);
      const known = gathering.get(key);
      if (known) return known.job;
      refuseIfFull(running.size, stopped.signal);
      const work: Work = {
        key,
        stopping: new AbortController(),
        job: {
          id: randomUUID(),
          namespace,
          patch,
          question: request.question,
          min,
          workflowType,
          policy,
          mode,
          state: 'gathering',
          progress: NOTHING_YET,
          startedAt: timestampOf(now()),
          endedAt: null,
          verdict: null,
          error: null,
        },
      };
      gathering.set(key, work);
      const run = gather(ctx, { namespace, ...subject, mode, limits: LIMITS[mode] }, work);
      running.add(run);
      void run.finally(() => running.delete(run));
      return work.job;
    },
    get: (namespace, id) => find(namespace, id)?.job ?? null,
    stop: (namespace, id) => {
      const work = find(namespace, id);
      if (work !== null) stop(work);
      return work?.job ?? null;
    },
    pollers: createPollerWatch({ now }),
    stopAll: async () => {
      stopped.abort();
      for (const work of gathering.values()) stop(work);
      await Promise.all(running);
    },
  };
}

function refuseIfFull(underWay: number, stopped: AbortSignal): void {
  if (stopped.aborted) throw new CodedError('aborted', 'Patchboard is shutting down.', 'Ask again when it is up.');
  if (underWay < UNDER_WAY_MAX) return;
  throw new CodedError('rate-limited', `${UNDER_WAY_MAX} questions wait already.`, 'Stop one of them, or ask later.');
}

/** Coded errors travel as they are; of anything else only the log knows more. */
function told(error: unknown): NonNullable<VerdictJob['error']> {
  if (isCodedError(error)) return { code: error.code, message: error.message, hint: error.hint };
  return {
    code: 'internal',
    message: 'Patchboard failed to answer.',
    hint: 'The log has the cause. Ask again; if it stays, report it.',
  };
}
