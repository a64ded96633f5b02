"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { useCluster } from "@/components/live/live-provider";
import type { TopicActions } from "@/components/topics/topic-dialogs";
import { confirmToast } from "@/components/ui/confirm-toast";
import { useSettled } from "@/components/ui/use-settled";
import { callAction } from "@/lib/call-action";
import { type CreateTopicInput, createTopicInput } from "@/lib/contracts/topic-plans";
import { createTopicInputOf, settingFaults, type TopicDraft } from "@/lib/new-topic";
import { clusterFacts } from "@/lib/queries/clusters";
import { configCatalogue } from "@/lib/queries/configs";
import { topicKeys } from "@/lib/queries/topics";

type Wanted = { draft: TopicDraft; from: string | null; createTopic: TopicActions["createTopic"] };

function inputErrors(input: CreateTopicInput): Readonly<Record<string, string>> {
  const parsed = createTopicInput.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map((issue) => [
      String(issue.path[0]),
      issue.code === "invalid_type" ? "A whole number, or nothing." : issue.message,
    ]),
  );
}

/** A topic that is being written down: what is wrong with it, what the cluster says of it, and the ways to make it, with messages of another or without. */
export function useNewTopic({ draft, from, createTopic }: Wanted, onCreated: (name: string) => void) {
  const cluster = useCluster();
  const client = useQueryClient();
  const catalogue = useQuery(configCatalogue(cluster));
  const known = catalogue.data?.entries ?? [];
  const input = createTopicInputOf(cluster, draft, known);
  const faults = settingFaults(draft, known);
  const own = inputErrors(input);
  const isWhole = Object.keys(own).length === 0 && Object.keys(faults).length === 0;
  // The cluster checks what is written as it is written, without making anything.
  const settled = useSettled(isWhole ? JSON.stringify({ ...input, ...(from !== null && { from }) }) : null);
  const wanted: Readonly<Record<string, unknown>> | null = settled === null ? null : JSON.parse(settled);
  const { plan, mutation: copying } = usePlannedChange(from === null ? "create-topic" : "copy-topic", wanted, () =>
    onCreated(draft.name.trim()),
  );
  const creating = useMutation({
    mutationFn: (whole: CreateTopicInput) => callAction(createTopic, whole),
    onSuccess: async (created) => {
      onCreated(created.name);
      confirmToast(`Created ${created.name}`);
      await client.invalidateQueries({ queryKey: topicKeys(cluster) });
      await client.invalidateQueries({ queryKey: clusterFacts(cluster).queryKey });
    },
  });
  return { catalogue, input, faults, own, isWhole, plan, creating, copying };
}
