"use client";
import { useQuery } from "@tanstack/react-query";
import { Inbox, Send } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { BrowserBar } from "@/components/messages/browser-bar";
import { BrowserFooter } from "@/components/messages/browser-footer";
import { RecordList } from "@/components/messages/record-list";
import { type MessageBrowserModel, useMessageBrowser } from "@/components/messages/use-message-browser";
import type { ControlJob } from "@/components/jobs/use-control-job";
import type { ProduceMessage } from "@/components/produce/produce-panel";
import { browseMatches } from "@/components/search/browse-matches";
import { NoMatches } from "@/components/search/no-matches";
import type { SearchActions } from "@/components/search/saved-searches";
import { SearchBar } from "@/components/search/search-bar";
import { SearchFooter } from "@/components/search/search-footer";
import { TimeStrip } from "@/components/search/time-strip";
import { type SearchModel, useSearch } from "@/components/search/use-search";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { emptyMessage, type MessageDraft } from "@/lib/message-draft";
import { problemOf } from "@/lib/problem";
import { topicDetail } from "@/lib/queries/topics";

const MessageDetail = dynamic(
  () => import("@/components/messages/message-detail").then((module) => module.MessageDetail),
  { ssr: false },
);
const KeyTable = dynamic(() => import("@/components/messages/key-table").then((module) => module.KeyTable), {
  ssr: false,
});
const Hops = dynamic(() => import("@/components/search/hops").then((module) => module.Hops), { ssr: false });
const ProducePanel = dynamic(() => import("@/components/produce/produce-panel").then((module) => module.ProducePanel), {
  ssr: false,
});

type Props = { topic: string; produceMessage: ProduceMessage; controlJob: ControlJob; searchActions: SearchActions };

/** The message browser: list at the left; the open record, or what is being produced, beside it. */
export function MessagesView({ topic, produceMessage, controlJob, searchActions }: Props) {
  const page = useMessageBrowser(topic);
  const search = useSearch(topic, page.place);
  const isSearching = search.job !== null;
  const browser = isSearching ? browseMatches(page, search.found) : page;
  const [draft, setDraft] = useState<MessageDraft>(emptyMessage);
  const partitionCount = useQuery(topicDetail(browser.cluster, topic)).data?.partitionCount;
  useBrowserKeys(browser);
  return (
    <section aria-label="Messages" className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <BrowserBar browser={browser} partitionCount={partitionCount} search={search} searchActions={searchActions} />
        <TimeStrip
          topic={topic}
          range={{
            fromMs: page.place.from === "time" ? (page.place.timeMs ?? null) : null,
            toMs: page.place.toMs ?? null,
          }}
          reachedMs={search.found?.facts.reachedMs ?? null}
          onChoose={({ fromMs, toMs }) => page.setPlace({ from: "time", time: fromMs, until: toMs })}
        />
        <SearchBar search={search} controlJob={controlJob} />
        {search.found && search.found.query.topics.length > 1 && <Hops found={search.found} onOpen={browser.open} />}
        <PartialProblems
          problems={[
            ...(browser.page?.partitions.flatMap((partition) => partition.problem ?? []) ?? []),
            ...(browser.follow.isOn ? browser.follow.problems : []),
          ]}
        />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            {browser.isTable && !isSearching ? (
              <KeyTable browser={browser} />
            ) : isSearching ? (
              <Matches browser={browser} search={search} />
            ) : (
              <>
                <Records browser={browser} />
                <BrowserFooter browser={browser} />
              </>
            )}
          </div>
          {browser.at && !browser.isProducing && (
            <MessageDetail
              browser={browser}
              address={browser.at}
              search={search}
              onProduceAgain={(again) => {
                setDraft(again);
                browser.setProducing(true);
              }}
            />
          )}
        </div>
      </div>
      {browser.isProducing && (
        <ProducePanel
          topic={topic}
          partitionCount={partitionCount}
          produceMessage={produceMessage}
          draft={draft}
          onDraft={setDraft}
          onShow={browser.show}
          onClose={() => browser.setProducing(false)}
        />
      )}
    </section>
  );
}

function Matches({ browser, search }: { browser: MessageBrowserModel; search: SearchModel }) {
  return (
    <>
      {browser.records.length > 0 ? (
        <RecordList browser={browser} />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <NoMatches search={search} />
        </div>
      )}
      {search.found && <SearchFooter found={search.found} />}
    </>
  );
}

function useBrowserKeys(browser: MessageBrowserModel): void {
  const group = "Messages";
  const { at, records, follow, query } = browser;
  useShortcut({ keys: "j", label: "Next message", group }, () => browser.move(1));
  useShortcut({ keys: "k", label: "Previous message", group }, () => browser.move(-1));
  useShortcut(
    { keys: "Enter", label: "Open the first message", group },
    () => browser.move(1),
    at === null && records.length > 0,
  );
  useShortcut(
    { keys: "Escape", label: "Close the message", group },
    () => browser.open(null),
    at !== null && !browser.isProducing,
  );
  useShortcut(
    { keys: "l", label: follow.isOn ? "Stop following" : "Follow new messages", group, command: true },
    follow.toggle,
  );
  useShortcut({ keys: " ", label: "Pause or go on", group }, follow.pause, follow.isOn);
  useShortcut({ keys: "t", label: "Newest of each key", group, command: true }, browser.toggleTable);
  useShortcut({ keys: "]", label: "Next page", group }, () => browser.turn("next"), browser.canTurn.next);
  useShortcut({ keys: "[", label: "Previous page", group }, () => browser.turn("previous"), browser.canTurn.previous);
  useShortcut({ keys: "r", label: "Read again", group, command: true }, () => void query.refetch(), !follow.isOn);
}

function Records({ browser }: { browser: MessageBrowserModel }) {
  const { query, page, records } = browser;
  if (records.length > 0) return <RecordList browser={browser} />;
  return (
    <div className="flex min-h-0 flex-1 border-t">
      {query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : page ? (
        <NoRecords browser={browser} />
      ) : (
        <TableSkeleton />
      )}
    </div>
  );
}

/** Everything that narrows what is read, taken away. */
const everything = {
  from: null,
  offset: null,
  offsets: null,
  time: null,
  last: null,
  group: null,
  to: null,
  until: null,
} as const;

const emptyReasons = {
  newest: "Nothing stands before the end that was chosen.",
  oldest: "Nothing stands before the end that was chosen.",
  offset: "No partition has this offset yet.",
  offsets: "No partition has these offsets yet.",
  time: "Nothing was written at or after this time.",
  last: "Nothing was written since then.",
  group: "The group has read everything, or has committed no offset here.",
} as const;

function NoRecords({ browser }: { browser: MessageBrowserModel }) {
  const { page, place, follow } = browser;
  const isTopicEmpty = page?.partitions.every((partition) => partition.startOffset === partition.endOffset) ?? true;
  if (isTopicEmpty) {
    return (
      <EmptyState
        icon={<Inbox />}
        title={
          place.partitions === undefined ? "No messages in this topic" : `No messages in partition ${place.partitions}`
        }
        actions={
          <>
            <Button variant="primary" onClick={() => browser.setProducing(true)}>
              <Send />
              Produce a message
            </Button>
            {!follow.isOn && <Button onClick={follow.toggle}>Follow</Button>}
          </>
        }
      >
        {follow.isOn
          ? "New ones appear here as they arrive."
          : "Nothing was produced to it yet, or all of it was deleted by its retention."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Inbox />}
      title="No messages in this range"
      actions={<Button onClick={() => browser.setPlace(everything)}>Show the newest</Button>}
    >
      {emptyReasons[place.from]}
    </EmptyState>
  );
}
