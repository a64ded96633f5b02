import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { isUnderWay, type SearchModel } from "@/components/search/use-search";
import { Button } from "@/components/ui/button";
import { formatNumberOf } from "@/lib/format";

/** In the place of the list while a search has found nothing. */
export function NoMatches({ search }: { search: SearchModel }) {
  const { found } = search;
  if (found === undefined) return search.error ? null : <TableSkeleton />;
  const { facts, query } = found;
  const isNarrow =
    query.fromMs !== null || query.toMs !== null || query.fromOffset !== null || query.partitions !== null;
  return (
    <EmptyState
      icon={<SearchX />}
      title={isUnderWay(found) ? "Nothing found so far" : "Nothing found"}
      actions={
        <>
          {isNarrow && !isUnderWay(found) && (
            <Button onClick={() => search.again({ fromMs: null, toMs: null, fromOffset: null, partitions: null })}>
              Search the whole topic
            </Button>
          )}
          <Button onClick={search.clear}>Show the messages</Button>
        </>
      }
    >
      {facts.evaluated > 0 && facts.failed === facts.evaluated
        ? `The expression failed on every record: ${facts.failure?.message ?? ""}.`
        : `${formatNumberOf(facts.records, "record")} read for ${query.text}.`}
    </EmptyState>
  );
}
