import { Skeleton } from '#components/ui/skeleton.tsx';

/** The place of a `DataTable` that is on its way: the same tools, header and rows, so nothing jumps. */
export function DataTableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden className="@container flex flex-col gap-2">
      <Skeleton className="h-8 w-full @2xl:w-72 pointer-coarse:h-11" />
      <div className="flex flex-col @max-2xl:gap-2">
        <div className="row border-b border-line-strong @max-2xl:hidden" />
        {Array.from({ length: rows }, (_, row) => (
          <div
            key={row}
            className="flex h-9 items-center border-b border-line px-3 pointer-coarse:h-11 @max-2xl:h-32 @max-2xl:items-start @max-2xl:rounded-md @max-2xl:border @max-2xl:bg-surface @max-2xl:pt-3"
          >
            <Skeleton className="h-3 w-1/3" />
          </div>
        ))}
      </div>
    </div>
  );
}
