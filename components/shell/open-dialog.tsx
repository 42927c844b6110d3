'use client';

import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { useNamespace } from '#components/shell/use-namespace.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Dialog } from '#components/ui/dialog.tsx';

/** The top bar's search: “open by name” in a dialog, also by the `/` key. */
export function OpenDialog() {
  const namespace = useNamespace();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      setIsOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        aria-keyshortcuts="/"
        className={classNames(
          buttonClass('secondary'),
          'justify-start! font-normal! text-ink-soft! max-md:px-2! md:w-64',
        )}
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="truncate max-md:sr-only">Open a queue, patch or run</span>
        <kbd aria-hidden className="ml-auto rounded-sm border border-line px-1 font-mono text-xs max-md:hidden">
          /
        </kbd>
      </button>
      <Dialog
        isOpen={isOpen && namespace !== null}
        onClose={() => setIsOpen(false)}
        title="Open a queue, patch or run by name"
        about="Lists come from open runs and from memory. A queue or patch that no run shows now opens here; of a workflow, its newest run."
      >
        {namespace === null ? null : <OpenByName namespace={namespace} onOpen={() => setIsOpen(false)} />}
      </Dialog>
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null;
}
