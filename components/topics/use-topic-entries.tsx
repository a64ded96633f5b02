"use client";
import { CopyPlus, Eraser, FileDown, FileX2, Layers2, RefreshCcw, Rows3, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useInability } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { useTopicDialog } from "@/components/topics/topic-dialogs";
import { SaveFirst } from "@/components/topics/save-first";
import { savingOf } from "@/components/topics/saving-of";
import type { MenuEntry } from "@/components/ui/menu-button";
import { reassignPath } from "@/lib/operate-url";
import { jobsPath, topicsPath } from "@/lib/url";

/** What can be changed of a topic, as entries of a menu. What its rights do not allow is there, with the reason; null rights are not known. */
export function useTopicEntries(topic: string, rights: readonly string[] | null): readonly MenuEntry[] {
  const cluster = useCluster();
  const router = useRouter();
  const openDialog = useTopicDialog();
  const ask = useAskForChange();
  const cannotReassign = useInability("reassign");
  const needs = (...operations: readonly string[]) => {
    const missing = operations.find((operation) => rights !== null && !rights.includes(operation));
    return missing === undefined ? {} : { disabledReason: `Needs ${missing} on the topic` };
  };
  return [
    {
      label: "Copy to a new topic…",
      icon: <CopyPlus />,
      isApart: true,
      onSelect: () => router.push(`${topicsPath(cluster)}?create=true&copy=${encodeURIComponent(topic)}`),
    },
    {
      label: "Add partitions…",
      icon: <Rows3 />,
      onSelect: () => openDialog("add-partitions", topic),
      ...needs("Alter"),
    },
    {
      label: "Replication factor…",
      icon: <Layers2 />,
      onSelect: () => router.push(reassignPath(cluster, { goal: "replication-factor", topics: [topic] })),
      ...(cannotReassign !== undefined && { disabledReason: cannotReassign }),
    },
    {
      label: "Save messages to a file…",
      icon: <FileDown />,
      onSelect: () => ask(savingOf(topic, (job) => router.push(jobsPath(cluster, job)))),
      ...needs("Read"),
    },
    {
      label: "Delete records…",
      icon: <FileX2 />,
      onSelect: () => openDialog("delete-records", topic),
      ...needs("Delete"),
    },
    {
      label: "Empty…",
      icon: <Eraser />,
      onSelect: () =>
        ask({
          kind: "delete-records",
          input: { topics: [topic], upTo: { kind: "everything" } },
          title: `Empty ${topic}?`,
          description: "All its messages go. The topic, its settings and its offsets stay.",
          confirm: "Empty topic",
          pending: "Emptying…",
          isDanger: true,
          typed: topic,
          rescue: <SaveFirst topic={topic} />,
        }),
      ...needs("Delete"),
    },
    {
      label: "Recreate…",
      icon: <RefreshCcw />,
      onSelect: () =>
        ask({
          kind: "recreate-topic",
          input: { topic },
          title: `Recreate ${topic}?`,
          description:
            "It is deleted, and made anew with the same partitions, replicas and settings: empty, from offset 0.",
          confirm: "Recreate topic",
          pending: "Starting…",
          isDanger: true,
          typed: topic,
          rescue: <SaveFirst topic={topic} />,
          onMade: ({ jobId }) => jobId !== null && router.push(jobsPath(cluster, jobId)),
        }),
      ...needs("Delete"),
    },
    {
      label: "Delete topic…",
      icon: <Trash2 />,
      isDanger: true,
      isApart: true,
      onSelect: () => openDialog("delete", topic),
      ...needs("Delete"),
    },
  ];
}
