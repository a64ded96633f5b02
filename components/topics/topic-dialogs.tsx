"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { CreatedTopic, CreateTopicInput, DeleteTopicInput } from "@/lib/contracts/topics";
import type { Result } from "@/lib/result";

const DeleteTopicDialog = dynamic(
  () => import("@/components/topics/delete-topic-dialog").then((module) => module.DeleteTopicDialog),
  { ssr: false },
);

/** The server actions that pages about topics need; pages pass them in, since components know no routes. */
export type TopicActions = {
  readonly createTopic: (input: CreateTopicInput) => Promise<Result<CreatedTopic>>;
  readonly deleteTopic: (input: DeleteTopicInput) => Promise<Result<{ topic: string }>>;
};

const DeleteContext = createContext<(topic: string) => void>(() => {});

/** Asks to delete a topic; the dialog does the rest. */
export function useDeleteTopic(): (topic: string) => void {
  return useContext(DeleteContext);
}

type Props = { deleteTopic: TopicActions["deleteTopic"]; onDeleted?: () => void; children: ReactNode };

/** Holds the one delete dialog of a page. */
export function DeleteTopicProvider({ deleteTopic, onDeleted, children }: Props) {
  const [topic, setTopic] = useState<string>();
  return (
    <DeleteContext value={setTopic}>
      {children}
      {topic !== undefined && (
        <DeleteTopicDialog
          key={topic}
          topic={topic}
          deleteTopic={deleteTopic}
          onClose={() => setTopic(undefined)}
          onDeleted={() => {
            setTopic(undefined);
            onDeleted?.();
          }}
        />
      )}
    </DeleteContext>
  );
}
