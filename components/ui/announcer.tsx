'use client';

import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

/** Says one sentence to screen readers: what a press did, where sight gets it from a mark. */
export function announce(text: string): void {
  // A repeated sentence is only spoken again when the text differs.
  message = text === message ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page's one live region; `providers.tsx` renders it. */
export function Announcer() {
  const text = useSyncExternalStore(
    subscribe,
    () => message,
    () => '',
  );
  return <output className="sr-only">{text}</output>;
}
