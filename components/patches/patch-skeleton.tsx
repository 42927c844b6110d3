import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a patch that is on its way: sentence, what is being asked, the three steps, why, the runs. */
export function PatchSkeleton() {
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-4">
        <SentenceSkeleton />
        <Skeleton className="h-16 w-full" />
      </div>
      <Skeleton className="h-72 w-full md:h-28" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
