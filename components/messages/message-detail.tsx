"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Link2, Send, Terminal, X } from "lucide-react";
import { Tabs } from "radix-ui";
import { ProblemView } from "@/components/feedback/problem-view";
import { KeyHistory } from "@/components/messages/key-history";
import { MessageFacts } from "@/components/messages/message-facts";
import { HeaderList } from "@/components/messages/header-list";
import { PayloadBlock } from "@/components/messages/payload-block";
import { RawBytes } from "@/components/messages/raw-bytes";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { RecordFields } from "@/components/search/record-fields";
import type { SearchModel } from "@/components/search/use-search";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Tooltip } from "@/components/ui/tooltip";
import { readRecordCommand } from "@/lib/cli/messages";
import type { RecordDetail } from "@/lib/contracts/messages";
import { draftOfRecord, type MessageDraft } from "@/lib/message-draft";
import { problemOf } from "@/lib/problem";
import { recordDetail } from "@/lib/queries/messages";
import { formatRecordAddress, type RecordAddress } from "@/lib/record-address";
import { topicPath } from "@/lib/url";

type Props = {
  browser: MessageBrowserModel;
  address: Required<RecordAddress>;
  onProduceAgain: (draft: MessageDraft) => void;
};

/** One record, whole: beside the list, or over it where there is no room for both. */
export function MessageDetail({ browser, address, search, onProduceAgain }: Props & { search: SearchModel }) {
  const query = useQuery(recordDetail(browser.cluster, address, browser.place));
  return (
    <aside
      aria-label="Message"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-107 shrink-0 flex-col border-t border-l bg-sunken shadow-pop @3xl:static @3xl:w-92 @3xl:shadow-none @5xl:w-107"
    >
      <DetailHead browser={browser} address={address} record={query.data} onProduceAgain={onProduceAgain} />
      {query.data ? (
        <Parts key={formatRecordAddress(address)} record={query.data} browser={browser} search={search} />
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div role="status" aria-label="Loading" className="after-a-moment space-y-2.5 border-t px-4 py-4">
          <div className="h-3 w-2/3 skeleton" />
          <div className="h-3 w-1/2 skeleton" />
          <div className="h-3 w-3/5 skeleton" />
        </div>
      )}
    </aside>
  );
}

/** What the detail carries cut would be produced cut. */
function isLarge({ key, value, headers }: RecordDetail): boolean {
  return key.truncated || value.truncated || headers.some((header) => header.value.truncated);
}

type HeadProps = Props & { record: RecordDetail | undefined };

function DetailHead({ browser, address, record, onProduceAgain }: HeadProps) {
  const bootstrap = useBootstrap();
  const login = useLogin();
  const keyLabels = useKeyLabels();
  const { index, records, move, cluster } = browser;
  const { topic } = address;
  const linkOf = () =>
    `${location.origin}${topicPath(cluster, topic)}?at=${formatRecordAddress({ partition: address.partition, offset: address.offset })}`;
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 pr-2 pl-4">
      <h2 className="min-w-0 flex-1 truncate text-sm font-medium tabular-nums">
        <span className="text-ink-muted">
          {browser.isMerged && `${topic}, `}
          {browser.isMerged ? "partition" : "Partition"} {address.partition} at
        </span>{" "}
        <span className="font-mono text-mono">{address.offset}</span>
      </h2>
      <Tooltip label="Copy a link to this message">
        <CopyButton text={linkOf} label="Copy a link to this message" icon={<Link2 />} />
      </Tooltip>
      <Tooltip label="Copy as CLI command">
        <CopyButton
          text={login.command(readRecordCommand(bootstrap, topic, address.partition, address.offset))}
          label="Copy this message as CLI command"
          icon={<Terminal />}
        />
      </Tooltip>
      <Tooltip label="Produce again, edited">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Produce again, edited"
          disabled={!record || isLarge(record)}
          onClick={() => record && onProduceAgain(draftOfRecord(record))}
        >
          <Send />
        </Button>
      </Tooltip>
      <span className="mx-1 h-4 w-px bg-line" />
      <Tooltip label="Previous" keys={keyLabels("k")}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Previous message"
          disabled={index <= 0}
          onClick={() => move(-1)}
        >
          <ChevronUp />
        </Button>
      </Tooltip>
      <Tooltip label="Next" keys={keyLabels("j")}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Next message"
          disabled={index >= records.length - 1}
          onClick={() => move(1)}
        >
          <ChevronDown />
        </Button>
      </Tooltip>
      <Tooltip label="Close" keys={keyLabels("Escape")}>
        <Button variant="ghost" size="icon-sm" aria-label="Close the message" onClick={() => browser.open(null)}>
          <X />
        </Button>
      </Tooltip>
    </div>
  );
}

const tabLook =
  "-mb-px border-b-2 border-transparent text-ink-muted -outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink";

type PartsProps = { record: RecordDetail; browser: MessageBrowserModel; search: SearchModel };

function Parts({ record, browser, search }: PartsProps) {
  const { cluster, choices } = browser;
  return (
    <Tabs.Root defaultValue="value" className="flex min-h-0 flex-1 flex-col">
      <Tabs.List
        aria-label="Parts of the message"
        className="flex h-8 shrink-0 items-stretch gap-4 border-b px-4 text-xs font-medium"
      >
        <Tabs.Trigger value="value" className={tabLook}>
          Value
        </Tabs.Trigger>
        <Tabs.Trigger value="key" className={tabLook}>
          Key
        </Tabs.Trigger>
        <Tabs.Trigger value="headers" className={tabLook}>
          Headers {record.headers.length}
        </Tabs.Trigger>
        {record.key.base64 !== null && !record.key.truncated && (
          <Tabs.Trigger value="history" className={tabLook}>
            History
          </Tabs.Trigger>
        )}
        <Tabs.Trigger value="raw" className={tabLook}>
          Raw bytes
        </Tabs.Trigger>
        <Tabs.Trigger value="fields" className={tabLook}>
          Fields
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="value" className="flex min-h-0 flex-1 flex-col">
        <PayloadBlock
          cluster={cluster}
          record={record}
          name="value"
          nullText="Null: a tombstone. Compaction removes older messages of this key, and later this one."
          search={search}
          columns={{ pointers: choices.columns, toggle: choices.toggleColumn }}
        />
        <MessageFacts record={record} />
      </Tabs.Content>
      <Tabs.Content value="key" className="flex min-h-0 flex-1 flex-col">
        <PayloadBlock
          cluster={cluster}
          record={record}
          name="key"
          nullText="Null: the message has no key."
          search={search}
        />
      </Tabs.Content>
      <Tabs.Content value="headers" className="min-h-0 flex-1 scroll-thin overflow-auto">
        <HeaderList record={record} search={search} />
      </Tabs.Content>
      <Tabs.Content value="history" className="flex min-h-0 flex-1 flex-col">
        <KeyHistory browser={browser} record={record} />
      </Tabs.Content>
      <Tabs.Content value="raw" className="flex min-h-0 flex-1 flex-col">
        <RawBytes record={record} />
      </Tabs.Content>
      <Tabs.Content value="fields" className="min-h-0 flex-1 scroll-thin overflow-auto">
        <RecordFields record={record} search={search} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
