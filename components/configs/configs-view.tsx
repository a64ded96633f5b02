"use client";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { ConfigTable } from "@/components/configs/config-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { SaveFirst } from "@/components/topics/save-first";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { describeConfigsCommand } from "@/lib/cli/topics";
import type { ConfigEntry, TopicConfigs } from "@/lib/contracts/configs";
import { formatNumberOf } from "@/lib/format";
import { nearSpelling } from "@/lib/near-spelling";
import { problemOf } from "@/lib/problem";
import { topicConfigs } from "@/lib/queries/configs";
import { topicConfigState } from "@/lib/url";

const EditConfigDialog = dynamic(
  () => import("@/components/configs/edit-config-dialog").then((module) => module.EditConfigDialog),
  { ssr: false },
);

/** A topic's settings: what was changed first, each with its default, where it comes from and what it means. */
export function ConfigsView({ topic }: { topic: string }) {
  const query = useQuery(topicConfigs(useCluster(), topic));
  if (query.data)
    return (
      <Settings
        topic={topic}
        configs={query.data}
        updatedAtMs={query.dataUpdatedAt}
        onRefresh={() => void query.refetch()}
      />
    );
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

type Props = { topic: string; configs: TopicConfigs; updatedAtMs: number; onRefresh: () => void };

function Settings({ topic, configs, updatedAtMs, onRefresh }: Props) {
  const bootstrap = useBootstrap();
  const [{ q }, setState] = useQueryStates(topicConfigState);
  const [edited, setEdited] = useState<ConfigEntry>();
  const search = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, onRefresh);
  const wanted = q.toLowerCase();
  const shown = configs.entries.filter(
    (entry) => entry.name.includes(wanted) || entry.documentation?.toLowerCase().includes(wanted),
  );
  const changed = shown.filter((entry) => entry.source === "topic").toSorted((a, b) => a.name.localeCompare(b.name));
  const rest = shown.filter((entry) => entry.source !== "topic").toSorted((a, b) => a.name.localeCompare(b.name));
  const near = nearSpelling(
    q,
    configs.entries.map((entry) => entry.name),
  );
  return (
    <section aria-label="Configuration" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          ref={search}
          icon={<Search />}
          trailing={<Kbd>/</Kbd>}
          placeholder="Name or meaning"
          aria-label="Filter settings"
          className="w-64"
          value={q}
          onChange={(event) => void setState({ q: event.target.value || null })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
        <span className="flex-1" />
        <CopyCommandButton command={describeConfigsCommand(bootstrap, topic)} />
      </div>
      {shown.length > 0 ? (
        <ConfigTable changed={changed} rest={rest} onEdit={setEdited} />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<Search />}
            title={`No setting matches “${q}”`}
            actions={<Button onClick={() => void setState({ q: null })}>Clear the filter</Button>}
          >
            {formatNumberOf(configs.entries.length, "setting")} are hidden by it.
            {near && (
              <>
                {" "}
                Close in spelling: <span className="font-mono text-mono text-ink">{near}</span>
              </>
            )}
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={updatedAtMs} />}>
        {shown.length} of {formatNumberOf(configs.entries.length, "setting")} · {changed.length} changed on this topic
      </PageFooter>
      {edited && (
        <EditConfigDialog
          of={topic}
          entry={edited}
          own={["topic"]}
          kind="alter-topic-configs"
          inputOf={(value) => ({ changes: [{ topic, configs: { [edited.name]: value } }] })}
          typed={topic}
          rescue={<SaveFirst topic={topic} onLeave={() => setEdited(undefined)} />}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}
