'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

/** Ages on the page move together and slowly: a calm page, and one render for all of them. */
const TICK_MS = 10_000;

let nowMs = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

const ServerNow = createContext(0);

/** `serverNowMs`: when the server rendered, so that the first render in the browser shows the same ages. */
export function ClockProvider({ serverNowMs, children }: { serverNowMs: number; children: ReactNode }) {
  return <ServerNow value={serverNowMs}>{children}</ServerNow>;
}

/** Epoch milliseconds, at most ten seconds old. */
export function useNow(): number {
  const serverNowMs = useContext(ServerNow);
  return useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => serverNowMs,
  );
}

const never = () => () => undefined;

/** False on the server and in the first render of the browser: the reader's time zone is known only after it. */
export function useIsBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
