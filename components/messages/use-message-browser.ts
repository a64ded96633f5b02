"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useReducer } from "react";
import { useCluster } from "@/components/live/live-provider";
import { useFollow } from "@/components/live/use-follow";
import { usePageTrail } from "@/components/messages/use-page-trail";
import { useReadingChoices } from "@/components/messages/use-reading-choices";
import type { MessagePage, MessageQuery, RecordSummary } from "@/lib/contracts/messages";
import { emptyWindow, joinRecords, reduceFollow, windowSize } from "@/lib/follow-window";
import { pageBefore, rememberPage } from "@/lib/page-trail";
import { messages } from "@/lib/queries/messages";
import { formatRecordAddress, type RecordAddress } from "@/lib/record-address";
import { messageBrowserState, messageQueryOf } from "@/lib/message-url";

/** Where the browser reads from and to; null is the default. */
export type PlaceChange = Partial<{
  from: MessageQuery["from"] | null;
  offset: string | null;
  offsets: string | null;
  time: number | null;
  last: NonNullable<MessageQuery["last"]> | null;
  group: string | null;
  to: string | null;
  until: number | null;
  partitions: string | null;
  topics: string | null;
  limit: number | null;
  control: boolean | null;
}>;

/** The offsets at which following goes on after a page, so that there is no gap between them. */
function positionsAfter(topic: string, page: MessagePage | undefined): Record<string, string> {
  const positions: Record<string, string> = {};
  for (const { topic: own, partition, endOffset } of page?.partitions ?? []) {
    if (endOffset !== null) positions[own === topic ? String(partition) : `${own}/${partition}`] = endOffset;
  }
  return positions;
}

/** Everything the message browser knows: where it reads, what it read, what it follows, which record is open. */
export function useMessageBrowser(topic: string) {
  const cluster = useCluster();
  const [state, setState] = useQueryStates(messageBrowserState);
  const choices = useReadingChoices(cluster, topic, state, (change) => void setState(change));
  const trail = usePageTrail(cluster, topic);
  const [follow, dispatch] = useReducer(reduceFollow, emptyWindow);
  const isFollowing = state.follow;
  const chosen = { ...state, decode: choices.decode, decodeKey: choices.decodeKey, columns: choices.columns };
  const place = messageQueryOf(isFollowing ? { ...chosen, from: "newest", to: null, until: null, edge: null } : chosen);
  const query = useQuery(messages(cluster, topic, place));
  const page = query.data;

  const isStartKnown = !query.isPlaceholderData && (page !== undefined || query.error !== null);
  useFollow(isFollowing && isStartKnown ? followOf(cluster, topic, place, page) : null, (event) => {
    if (event.type === "messages")
      dispatch({ type: "arrived", records: event.records, skipped: event.skipped, problems: event.problems });
    if (event.type === "problem") dispatch({ type: "troubled", problem: event.problem });
  });

  const base = page?.records ?? [];
  const records: readonly RecordSummary[] =
    follow.shown.length > 0 ? joinRecords(follow.shown, base).slice(0, windowSize) : base;
  const at = state.at === null ? undefined : formatRecordAddress({ topic, ...state.at });
  const index = at === undefined ? -1 : records.findIndex((record) => formatRecordAddress(record) === at);
  const open = (address: RecordAddress | null) => void setState({ at: address && ownAddress(topic, address) });
  const setPlace = (change: PlaceChange) => {
    dispatch({ type: "restarted" });
    void setState({ edge: null, turn: null, ...change });
  };
  const turn = (side: "next" | "previous") => {
    const edge = page?.edges[side];
    // Until a page is there, its edges are those of the one before.
    if (!page || !edge || isFollowing || query.isPlaceholderData) return;
    const here = { edge: state.edge, turn: state.turn };
    if (side === "next") trail.keep(rememberPage(trail.read(), edge, { topic, from: place.from, at: here, page }));
    const cursor = side === "next" ? { edge, turn: side } : pageBefore(trail.read(), here, edge);
    void setState({ ...cursor, at: null }, { history: "push" });
  };

  return {
    cluster,
    topic,
    place,
    query,
    page,
    records,
    choices,
    /** Records of other topics are merged in. */
    isMerged: place.topics !== undefined,
    isTable: state.view === "table",
    toggleTable: () => void setState({ view: state.view === "table" ? null : "table", follow: null }),
    isProducing: state.produce,
    setProducing: (produce: boolean) => void setState({ produce: produce || null }),
    /** The address of the open record; its topic is always named. */
    at: state.at && { topic, ...state.at },
    /** Its place in the list; -1 when it is not in it. */
    index,
    open,
    /** Leaves the produce panel for a record. */
    show: (address: RecordAddress) => void setState({ produce: null, at: ownAddress(topic, address) }),
    /** Opens the next or previous record. */
    move: (step: 1 | -1) => {
      const next = records[index < 0 ? 0 : index + step];
      if (next) open(next);
    },
    setPlace,
    /** Goes to the page beside this one. */
    turn,
    canTurn: {
      next: !isFollowing && (page?.edges.next ?? null) !== null,
      previous: !isFollowing && (page?.edges.previous ?? null) !== null,
    },
    follow: {
      ...follow,
      isOn: isFollowing,
      toggle: () => {
        if (!isFollowing) {
          setPlace({ from: null, offset: null, offsets: null, time: null, last: null, group: null });
          void setState({ follow: true, to: null, until: null });
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

/** An address as it is kept in the page's own: the page's topic goes without saying. */
function ownAddress(topic: string, { topic: own = topic, partition, offset }: RecordAddress): RecordAddress {
  return own === topic ? { partition, offset } : { topic: own, partition, offset };
}

function followOf(cluster: string, topic: string, place: MessageQuery, page: MessagePage | undefined) {
  const { topics, partitions, control, columns, keyAs, valueAs } = place;
  return {
    cluster,
    topic,
    partitions: partitions === undefined ? null : partitions.split(",").map(Number),
    positions: positionsAfter(topic, page),
    ...(topics === undefined ? {} : { topics: topics.split(",") }),
    ...(control ? { control: true } : {}),
    ...(columns === undefined ? {} : { columns }),
    ...(keyAs === undefined ? {} : { keyAs }),
    ...(valueAs === undefined ? {} : { valueAs }),
  };
}

/** What `useMessageBrowser` gives. */
export type MessageBrowserModel = ReturnType<typeof useMessageBrowser>;
