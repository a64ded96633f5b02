"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SearchModel } from "@/components/search/use-search";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { formatNumberOf } from "@/lib/format";
import { topicList } from "@/lib/queries/topics";

const MINUTE_MS = 60_000;
const windows = [
  { value: "5", label: "5 minutes" },
  { value: "60", label: "1 hour" },
  { value: "1440", label: "1 day" },
  { value: "any", label: "any time" },
] as const;
const TOPICS_MAX = 100;

/** Why a value is looked for in topics: to find other messages that have it, or to draw its way from one to the next. */
export type TopicPurpose = "search" | "follow";

const titles = { search: "Search other topics", follow: "Follow through topics" } as const;

type Props = { search: SearchModel; purpose: TopicPurpose; value: string; aroundMs: number; onClose: () => void };

/** Asks in which topics, and how long before and after, a value is looked for. */
export function TopicsDialog({ search, purpose, value, aroundMs, onClose }: Props) {
  const { cluster, topic } = search;
  const isFollowing = purpose === "follow";
  const [span, setSpan] = useState<(typeof windows)[number]["value"]>(isFollowing ? "60" : "any");
  const [filter, setFilter] = useState("");
  const topics = useQuery(topicList(cluster)).data?.topics.filter(({ internal }) => !internal) ?? [];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set(isFollowing ? [] : [topic]));
  const shown = topics.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const chosen = shown.filter(({ name }) => !left.has(name)).map(({ name }) => name);
  const toggle = (name: string) => {
    const next = new Set(left);
    if (!next.delete(name)) next.add(name);
    setLeft(next);
  };
  const look = () => {
    const spanMs = span === "any" ? null : Number(span) * MINUTE_MS;
    search.begin(
      { text: `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`, language: "text" },
      {
        topics: chosen.includes(topic) ? [topic, ...chosen.filter((name) => name !== topic)] : chosen,
        ...{ partitions: null, fromOffset: null },
        ...(isFollowing ? { order: "oldest", limit: null } : { order: "newest" }),
        fromMs: spanMs === null ? null : Math.max(0, aroundMs - spanMs),
        toMs: spanMs === null ? null : aroundMs + spanMs,
      },
    );
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={titles[purpose]} description={<span className="font-mono wrap-anywhere">{value}</span>}>
        <div className="flex min-h-0 flex-col gap-3 px-5 pb-4">
          <div className="flex items-center gap-2">
            <Input
              className="flex-1"
              aria-label="Filter topics"
              placeholder="Filter topics"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
            <Picker label="Before and after" value={span} choices={windows} onChoose={setSpan} />
          </div>
          <ul aria-label="Topics" className="min-h-0 flex-1 scroll-thin overflow-auto rounded-md shadow-hairline">
            {shown.map(({ name }) => (
              <li key={name}>
                <label className="flex h-7 items-center gap-2 px-2.5 hover:bg-hover">
                  <input
                    type="checkbox"
                    className="accent-primary"
                    checked={!left.has(name)}
                    onChange={() => toggle(name)}
                  />
                  <span className="truncate font-mono text-mono">{name}</span>
                </label>
              </li>
            ))}
          </ul>
          {chosen.length > TOPICS_MAX && <p className="text-xs text-ink-muted">Choose at most {TOPICS_MAX} topics.</p>}
        </div>
        <DialogFooter>
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="primary" disabled={chosen.length === 0 || chosen.length > TOPICS_MAX} onClick={look}>
            Look in {formatNumberOf(chosen.length, "topic")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
