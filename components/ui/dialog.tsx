'use client';

import { Dialog as Primitive } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { classNames } from '#components/ui/class-names.ts';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** One sentence under the title. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
  readonly width?: 'narrow' | 'wide';
  /** Closing would hide something in flight: neither Escape nor the cross closes. */
  readonly isLocked?: boolean;
}

/**
 * A modal dialog. A press outside never closes it; Escape and the cross do. Focus goes in when it opens and back to where it came
 * from when it closes, or to the page's content when that element is gone by then.
 */
export function Dialog({ isOpen, onClose, title, about, children, width = 'narrow', isLocked = false }: DialogProps) {
  const [origin, setOrigin] = useState<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen && typeof document !== 'undefined') setOrigin(document.activeElement);
  }
  return (
    <Primitive.Root
      open={isOpen}
      disablePointerDismissal
      onOpenChange={(open) => {
        if (!open && !isLocked) onClose();
      }}
    >
      <Primitive.Portal>
        <Primitive.Backdrop className="fixed inset-0 z-20 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Primitive.Viewport className="fixed inset-0 z-30 flex items-end justify-center overflow-y-auto sm:items-start sm:p-6 sm:pt-[8vh]">
          <Primitive.Popup
            initialFocus={() => content.current?.querySelector<HTMLElement>(FIRST_CONTROL) ?? true}
            finalFocus={() => returnTarget(origin)}
            className={classNames(
              'flex max-h-dvh w-full flex-col rounded-t-md border border-line bg-surface text-ink shadow-overlay sm:max-h-[88vh] sm:rounded-md',
              'transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
              width === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg',
            )}
          >
            <div className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
              <div className="min-w-0">
                <Primitive.Title className="text-lg font-semibold wrap-anywhere">{title}</Primitive.Title>
                {about === undefined ? null : (
                  <Primitive.Description className="text-sm text-ink-soft">{about}</Primitive.Description>
                )}
              </div>
              <Primitive.Close
                aria-label="Close"
                disabled={isLocked}
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink disabled:opacity-40 pointer-coarse:size-11"
              >
                <X aria-hidden className="size-4" />
              </Primitive.Close>
            </div>
            <div ref={content} className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
              {children}
            </div>
          </Primitive.Popup>
        </Primitive.Viewport>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Focus goes to the content's first control, not to the cross before it. */
const FIRST_CONTROL = 'input, textarea, select, button, a[href]';

function returnTarget(origin: Element | null): HTMLElement | null {
  if (origin instanceof HTMLElement && origin.isConnected && origin !== document.body) return origin;
  return document.querySelector<HTMLElement>('main');
}
