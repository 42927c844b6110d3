import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a queue that is on its way: sentence, two lanes, the workers beside them. */
export function QueueSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <SentenceSkeleton />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-3">
          <Skeleton className="h-11 w-72" />
          <Sheet className="h-26" />
          <Sheet className="h-40" />
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-16 w-full" />
          <Sheet className="h-48" />
        </div>
      </div>
    </div>
  );
}

function Sheet({ className }: { className: string }) {
  return (
    <div aria-hidden className={`rounded-md border border-line bg-surface p-4 ${className}`}>
      <Skeleton className="h-4 w-48" />
    </div>
  );
}
