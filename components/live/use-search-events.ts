"use client";
import { useEffect, useEffectEvent, useId } from "react";
import { useStream } from "@/components/live/live-provider";
import type { StreamEvent, Subscription } from "@/lib/contracts/stream";
import { type SearchEvent, searchEvent } from "@/lib/contracts/stream-search";

const read = (raw: unknown) => searchEvent.safeParse(raw).data;

type WatchedSearch = Omit<Extract<Subscription, { channel: "search" }>, "id" | "channel">;

/** Listens to a search while one is given. */
export function useSearchEvents(search: WatchedSearch | null, onEvent: (event: SearchEvent) => void): void {
  const stream = useStream();
  const id = useId();
  const receive = useEffectEvent(onEvent);
  const isOn = search !== null;
  const { cluster = "", job = 0, sequence = 0 } = search ?? {};
  useEffect(() => {
    if (!isOn) return undefined;
    const onlySearch = (event: StreamEvent) => {
      if (event.type === "search") receive(event);
    };
    return stream.listen({ channel: "search", id: `search${id}`, cluster, job, sequence }, onlySearch, read);
    // What is known moves on with the events themselves; only another search is another subscription.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [stream, id, isOn, cluster, job]);
}
