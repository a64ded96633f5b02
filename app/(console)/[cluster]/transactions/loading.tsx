import { TableSkeleton } from "@/components/feedback/table-skeleton";

export default function Loading() {
  return (
    <>
      <div className="h-12 shrink-0 border-b" />
      <TableSkeleton />
    </>
  );
}
