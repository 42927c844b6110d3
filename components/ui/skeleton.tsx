import { classNames } from '#components/ui/class-names.ts';

/** A still grey bar in place of text that is on its way; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={classNames('block max-w-full rounded-sm bg-sunken', className)} />;
}
