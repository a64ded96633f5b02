"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { CreatedTopic, CreateTopicInput, DeleteTopicInput } from "@/lib/contracts/topic-plans";
import type { Result } from "@/lib/result";

const DeleteTopicDialog = dynamic(
  () => import("@/components/topics/delete-topic-dialog").then((module) => module.DeleteTopicDialog),
  { ssr: false },
);
const AddPartitionsDialog = dynamic(
  () => import("@/components/topics/add-partitions-dialog").then((module) => module.AddPartitionsDialog),
  { ssr: false },
);
const DeleteRecordsDialog = dynamic(
  () => import("@/components/topics/delete-records-dialog").then((module) => module.DeleteRecordsDialog),
  { ssr: false },
);

/** The server actions that pages about topics need; pages pass them in, since components know no routes. */
export type TopicActions = {
  readonly createTopic: (input: CreateTopicInput) => Promise<Result<CreatedTopic>>;
  readonly deleteTopic: (input: DeleteTopicInput) => Promise<Result<{ topic: string }>>;
};

/** A dialog about one topic. */
export type TopicDialog = "delete" | "delete-records" | "add-partitions";

type Opened = { readonly dialog: TopicDialog; readonly topic: string };

const DialogContext = createContext<(dialog: TopicDialog, topic: string) => void>(() => {});

/** Opens a dialog about a topic; the dialog does the rest. */
export function useTopicDialog(): (dialog: TopicDialog, topic: string) => void {
  return useContext(DialogContext);
}

type Props = { deleteTopic: TopicActions["deleteTopic"]; onDeleted?: () => void; children: ReactNode };

/** Holds the one dialog of a page about topics. */
export function TopicDialogsProvider({ deleteTopic, onDeleted, children }: Props) {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  return (
    // The compiler keeps the value while its parts are the same.
    // oxlint-disable-next-line react/jsx-no-constructed-context-values
    <DialogContext value={(dialog, topic) => setOpened({ dialog, topic })}>
      {children}
      {opened?.dialog === "delete" && (
        <DeleteTopicDialog
          key={opened.topic}
          topic={opened.topic}
          deleteTopic={deleteTopic}
          onClose={close}
          onDeleted={() => {
            close();
            onDeleted?.();
          }}
        />
      )}
      {opened?.dialog === "add-partitions" && (
        <AddPartitionsDialog key={opened.topic} topic={opened.topic} onClose={close} />
      )}
      {opened?.dialog === "delete-records" && (
        <DeleteRecordsDialog key={opened.topic} topic={opened.topic} onClose={close} />
      )}
    </DialogContext>
  );
}
