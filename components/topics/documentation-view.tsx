"use client";
import { useQuery } from "@tanstack/react-query";
import { BookOpen, Pencil, Tags } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageFooter } from "@/components/ui/page-footer";
import { problemOf } from "@/lib/problem";
import { topicNotes } from "@/lib/queries/topic-notes";

const MarkdownText = dynamic(() => import("@/components/ui/markdown-text").then((module) => module.MarkdownText));
const EditNotesDialog = dynamic(
  () => import("@/components/topics/edit-notes-dialog").then((module) => module.EditNotesDialog),
  { ssr: false },
);

/** What people wrote about a topic: its labels, and Markdown. */
export function DocumentationView({ topic }: { topic: string }) {
  const query = useQuery(topicNotes(useCluster(), topic));
  const [edited, setEdited] = useState<"documentation" | "labels">();
  const notes = query.data;
  if (notes === undefined)
    return query.error ? (
      <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton />
    );
  return (
    <section aria-label="Documentation" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 border-b px-6 py-2.5">
        {notes.labels.map((label) => (
          <Badge key={label} tone="outline">
            {label}
          </Badge>
        ))}
        <Button variant="ghost" onClick={() => setEdited("labels")}>
          <Tags />
          {notes.labels.length === 0 ? "Add labels" : "Edit labels"}
        </Button>
        <span className="flex-1" />
        <Button onClick={() => setEdited("documentation")}>
          <Pencil />
          {notes.documentation === "" ? "Write documentation" : "Edit"}
        </Button>
      </div>
      {notes.documentation === "" ? (
        <div className="flex min-h-0 flex-1">
          <EmptyState icon={<BookOpen />} title="Nobody has written about this topic yet">
            What it is for, what its messages mean, who to ask. Kept in this console, in Markdown.
          </EmptyState>
        </div>
      ) : (
        <div
          // A region that scrolls must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label="Text"
          className="min-h-0 flex-1 scroll-thin overflow-auto px-6 py-5 -outline-offset-2"
        >
          <MarkdownText text={notes.documentation} />
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={query.dataUpdatedAt} />}>
        Kept in this console, not in the cluster
      </PageFooter>
      {edited && <EditNotesDialog topic={topic} notes={notes} part={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}
