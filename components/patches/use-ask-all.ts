'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { questionsToAsk, type ToAsk } from '#components/patches/questions-to-ask.ts';
import { announce } from '#components/ui/announcer.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { askVerdict, hasEnded, stopVerdict, verdictJobQuery } from '#lib/api/verdict/queries.ts';
import type { Progress, VerdictJob } from '#lib/api/verdict/schemas.ts';

export interface AskAllState {
  readonly isRunning: boolean;
  readonly done: number;
  readonly total: number;
  readonly current: ToAsk | null;
  readonly progress: Progress | null;
  readonly failures: readonly { readonly id: string; readonly error: Error | NonNullable<VerdictJob['error']> }[];
}

const IDLE: AskAllState = { isRunning: false, done: 0, total: 0, current: null, progress: null, failures: [] };

/** One question after another. Leaving the page ends it after the question at hand, which others may wait for too. */
export function useAskAll(namespace: string) {
  const client = useQueryClient();
  const [state, setState] = useState(IDLE);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort('left'), []);

  async function askOne(asked: ToAsk, signal: AbortSignal): Promise<VerdictJob | null> {
    const { patch, question, min } = asked;
    let job = await askVerdict(namespace, { patch, question, min, mode: 'full' });
    while (!hasEnded(job)) {
      await pause(POLL_MS.settling, signal);
      if (signal.aborted) {
        if (signal.reason === 'stopped') await stopVerdict(namespace, job.id).catch(() => undefined);
        return null;
      }
      job = await client.query({ ...verdictJobQuery(namespace, job.id), staleTime: 0 });
      const { progress } = job;
      setState((before) => ({ ...before, progress }));
    }
    return job;
  }

  async function run(patches: readonly PatchItem[], { signal }: AbortController): Promise<void> {
    const wanted = questionsToAsk(patches);
    setState({ ...IDLE, isRunning: true, total: wanted.length });
    for (const current of wanted) {
      setState((before) => ({ ...before, current, progress: null }));
      const error = await askOne(current, signal).then(
        (job) => job?.error ?? null,
        (failure: unknown) => (failure instanceof Error ? failure : new Error(String(failure))),
      );
      if (signal.aborted) break;
      setState((before) => ({
        ...before,
        done: before.done + 1,
        failures: error === null ? before.failures : [...before.failures, { id: current.id, error }],
      }));
      void client.invalidateQueries({ queryKey: patchesQuery(namespace).queryKey });
    }
    setState((before) => ({ ...before, isRunning: false, current: null, progress: null }));
    announce(signal.aborted ? 'Stopped asking.' : 'Every patch was asked.');
  }

  return {
    state,
    start: (patches: readonly PatchItem[]) => {
      running.current?.abort('stopped');
      running.current = new AbortController();
      void run(patches, running.current);
    },
    stop: () => running.current?.abort('stopped'),
  };
}

/** Ends early, without an error, when `signal` is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
