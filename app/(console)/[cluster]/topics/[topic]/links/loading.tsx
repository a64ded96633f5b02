import { TableSkeleton } from "@/components/feedback/table-skeleton";

export default function Loading() {
  return <TableSkeleton />;
}
