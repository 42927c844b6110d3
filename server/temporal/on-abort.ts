/** Calls under way by the signal that ends them. */
const bySignal = new WeakMap<AbortSignal, { readonly cancels: Set<() => void>; readonly cancelAll: () => void }>();

/**
 * Calls `cancel` when the signal is aborted. One listener a signal, however many calls have it: thousands of histories are read
 * under one signal, and a composite signal for each costs as much as reading a small one.
 * @param signal not aborted yet
 * @returns to be called when the work has ended
 */
export function onAbort(signal: AbortSignal, cancel: () => void): () => void {
  const known = bySignal.get(signal);
  const { cancels, cancelAll } = known ?? newEntry();
  if (known === undefined) {
    bySignal.set(signal, { cancels, cancelAll });
    signal.addEventListener('abort', cancelAll, { once: true });
  }
  cancels.add(cancel);
  return () => {
    cancels.delete(cancel);
    // A signal with a listener is kept, and with it what it is made of.
    if (cancels.size > 0 || bySignal.get(signal)?.cancels !== cancels) return;
    bySignal.delete(signal);
    signal.removeEventListener('abort', cancelAll);
  };
}

function newEntry() {
  const cancels = new Set<() => void>();
  const cancelAll = () => {
    for (const cancel of cancels) cancel();
  };
  return { cancels, cancelAll };
}
