import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a queue that is on its way: sentence, two lanes. */
export function QueueSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <SentenceSkeleton />
      <Skeleton className="h-6 w-32" />
      {[0, 1].map((lane) => (
        <div key={lane} className="h-36 rounded-md border border-line bg-surface p-4">
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </div>
  );
}
