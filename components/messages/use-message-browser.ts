"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useReducer } from "react";
import { useCluster, useFollow } from "@/components/live/live-provider";
import type { MessagePage, MessageQuery, RecordSummary } from "@/lib/contracts/messages";
import { emptyWindow, joinRecords, reduceFollow, windowSize } from "@/lib/follow-window";
import { messages } from "@/lib/queries/messages";
import { formatRecordAddress, type RecordAddress } from "@/lib/record-address";
import { type Decoder, messageBrowserState, messageQueryOf } from "@/lib/url";

/** Where the browser reads from; null is the default. */
export type PlaceChange = Partial<{
  from: MessageQuery["from"] | null;
  offset: string | null;
  time: number | null;
  partition: number | null;
  limit: number | null;
}>;

/** The offsets at which following goes on after a page, so that there is no gap between them. */
function positionsAfter(page: MessagePage | undefined): Record<string, string> {
  const positions: Record<string, string> = {};
  for (const { partition, endOffset } of page?.partitions ?? []) {
    if (endOffset !== null) positions[String(partition)] = endOffset;
  }
  return positions;
}

/** Everything the message browser knows: where it reads, what it read, what it follows, which record is open. */
export function useMessageBrowser(topic: string) {
  const cluster = useCluster();
  const [state, setState] = useQueryStates(messageBrowserState);
  const [follow, dispatch] = useReducer(reduceFollow, emptyWindow);
  const isFollowing = state.follow;
  const place = messageQueryOf(isFollowing ? { ...state, from: "newest" } : state);
  const query = useQuery(messages(cluster, topic, place));
  const page = query.data;

  const isStartKnown = !query.isPlaceholderData && (page !== undefined || query.error !== null);
  useFollow(
    isFollowing && isStartKnown
      ? { cluster, topic, partition: state.partition, positions: positionsAfter(page) }
      : null,
    (event) => {
      if (event.type === "messages") dispatch({ type: "arrived", records: event.records, skipped: event.skipped });
    },
  );

  const base = page?.records ?? [];
  const records: readonly RecordSummary[] =
    follow.shown.length > 0 ? joinRecords(follow.shown, base).slice(0, windowSize) : base;
  const at = state.at === null ? undefined : formatRecordAddress(state.at);
  const index = at === undefined ? -1 : records.findIndex((record) => formatRecordAddress(record) === at);
  const open = (address: RecordAddress | null) =>
    void setState({ at: address && { partition: address.partition, offset: address.offset } });

  return {
    cluster,
    topic,
    place,
    query,
    page,
    records,
    decoder: state.decode,
    setDecoder: (decode: Decoder) => void setState({ decode }),
    isProducing: state.produce,
    setProducing: (produce: boolean) => void setState({ produce: produce || null }),
    /** The address of the open record. */
    at: state.at,
    /** Its place in the list; -1 when it is not in it. */
    index,
    open,
    /** Leaves the produce panel for a record. */
    show: (address: RecordAddress) =>
      void setState({ produce: null, at: { partition: address.partition, offset: address.offset } }),
    /** Opens the next or previous record. */
    move: (step: 1 | -1) => {
      const next = records[index < 0 ? 0 : index + step];
      if (next) open(next);
    },
    setPlace: (change: PlaceChange) => {
      dispatch({ type: "restarted" });
      void setState(change);
    },
    follow: {
      ...follow,
      isOn: isFollowing,
      toggle: () => {
        if (!isFollowing) {
          dispatch({ type: "restarted" });
          void setState({ follow: true, from: null, offset: null, time: null });
          return;
        }
        void setState({ follow: null });
        // What was followed stays in the list until the page has it.
        void query.refetch().then(() => dispatch({ type: "restarted" }));
      },
      pause: () => dispatch({ type: follow.isPaused ? "resumed" : "paused" }),
    },
  };
}

/** What `useMessageBrowser` gives. */
export type MessageBrowserModel = ReturnType<typeof useMessageBrowser>;
