import { DataTableSkeleton } from '#components/ui/data-table-skeleton.tsx';
import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a run that is on its way: sentence, facts with the patches beside them, timeline. */
export function RunSkeleton() {
  return (
    <div className="flex flex-col gap-8">
      <SentenceSkeleton />
      <div className="grid gap-8 lg:grid-cols-2">
        <Skeleton className="h-64 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-11 w-72" />
        <DataTableSkeleton />
      </div>
    </div>
  );
}
