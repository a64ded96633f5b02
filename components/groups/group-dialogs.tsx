"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { GoalDraft } from "@/lib/goal-draft";

const OffsetsDialog = dynamic(
  () => import("@/components/offsets/offsets-dialog").then((module) => module.OffsetsDialog),
  { ssr: false },
);
const SkipRecordDialog = dynamic(
  () => import("@/components/groups/skip-record-dialog").then((module) => module.SkipRecordDialog),
  { ssr: false },
);

/** What a person wants to do to a group, where the dialog has a form of its own. */
export type GroupWish =
  | { readonly kind: "reset"; readonly group: string; readonly draft?: Partial<GoalDraft> }
  | { readonly kind: "create" }
  | {
      readonly kind: "skip";
      readonly group: string;
      readonly record: { readonly topic: string; readonly partition: number; readonly offset: string };
      readonly deadLetterTopics: readonly string[];
    };

const WishContext = createContext<(wish: GroupWish) => void>(() => {});

/** Asks for a change of a group; the dialog does the rest. */
export function useGroupWish(): (wish: GroupWish) => void {
  return useContext(WishContext);
}

type Props = { onCreated?: (group: string) => void; children: ReactNode };

/** Holds the one dialog of a page that changes offsets of groups. */
export function GroupDialogs({ onCreated, children }: Props) {
  const [wish, setWish] = useState<GroupWish>();
  const close = () => setWish(undefined);
  return (
    <WishContext value={setWish}>
      {children}
      {wish?.kind === "reset" && (
        <OffsetsDialog group={wish.group} draft={wish.draft ?? {}} onClose={close} onDone={close} />
      )}
      {wish?.kind === "create" && (
        <OffsetsDialog
          draft={{}}
          onClose={close}
          onDone={(group) => {
            close();
            onCreated?.(group);
          }}
        />
      )}
      {wish?.kind === "skip" && (
        <SkipRecordDialog
          group={wish.group}
          record={wish.record}
          deadLetterTopics={wish.deadLetterTopics}
          onClose={close}
        />
      )}
    </WishContext>
  );
}
