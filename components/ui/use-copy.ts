import { useEffect, useState } from 'react';
import { announce } from '#components/ui/announcer.tsx';

/** How long the mark of the result stays in place of the copy mark: long enough to see, short enough not to linger. */
const SHOWN_MS = 1500;

export type CopyState = 'idle' | 'copied' | 'failed';

const REPORTS: Readonly<Record<Exclude<CopyState, 'idle'>, string>> = {
  copied: 'Copied.',
  failed: 'Not copied: the browser gives this address no access to the clipboard. Select the text instead.',
};

/** Copies text to the clipboard. Browsers offer none on a plain http address other than localhost: then it reports `failed`. */
export function useCopy(text: string): { readonly state: CopyState; readonly copy: () => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const settle = (result: Exclude<CopyState, 'idle'>) => {
    setState(result);
    announce(REPORTS[result]);
  };
  const copy = () => {
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard === undefined) return settle('failed');
    clipboard.writeText(text).then(
      () => settle('copied'),
      () => settle('failed'),
    );
  };
  return { state, copy };
}
