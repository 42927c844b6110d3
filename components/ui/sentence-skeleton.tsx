import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a `Sentence` that is on its way. */
export function SentenceSkeleton() {
  return (
    <div className="flex flex-col">
      <span className="flex h-7 items-center">
        <Skeleton className="h-5 w-[32rem]" />
      </span>
      <span className="mt-1 flex h-5 items-center">
        <Skeleton className="h-3 w-32" />
      </span>
    </div>
  );
}
