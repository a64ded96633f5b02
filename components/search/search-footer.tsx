"use client";
import { useZone } from "@/components/ui/use-zone";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import type { SearchResult } from "@/lib/contracts/search";
import { formatBytes, formatInteger, formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { isUnderWay } from "@/components/search/use-search";

/** What a search has found and read, and that it goes on by itself. */
export function SearchFooter({ found }: { found: SearchResult }) {
  const [zone] = useZone();
  const { facts, matches, query } = found;
  const direction = query.order === "newest" ? "read back to" : "read up to";
  return (
    <PageFooter
      fresh={
        isUnderWay(found) ? (
          "Goes on when you leave; it is on the Jobs page"
        ) : (
          <span className="flex items-center gap-1.5">
            <Kbd>J</Kbd>
            <Kbd>K</Kbd> next, previous
          </span>
        )
      }
    >
      <span className="text-ink-muted">{formatNumberOf(facts.matches, "match", "matches")}</span>
      {matches.length < facts.matches && `, ${formatInteger(matches.length)} in the list`}
      {` · ${formatNumberOf(facts.records, "record")} and ${formatBytes(facts.bytes)} read`}
      {facts.reachedMs !== null && ` · ${direction} ${formatInstant(facts.reachedMs, zone).slice(0, 19)}`}
      {` · ${formatNumberOf(facts.partitions, "partition")} · ${formatInteger(facts.failed)} failed to evaluate`}
    </PageFooter>
  );
}
