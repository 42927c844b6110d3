'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** A step's heading. It takes the focus when the step appears, since the button that led here is gone. */
export function PaneTitle({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <h3 ref={ref} tabIndex={-1} className="text-base font-semibold outline-none">
      {children}
    </h3>
  );
}
