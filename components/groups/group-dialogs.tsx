"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { DeleteGroupInput, RemoveMemberInput, SetOffsets, SetOffsetsInput } from "@/lib/contracts/group-offsets";
import type { GoalDraft } from "@/lib/goal-draft";
import type { Result } from "@/lib/result";

const OffsetsDialog = dynamic(
  () => import("@/components/offsets/offsets-dialog").then((module) => module.OffsetsDialog),
  { ssr: false },
);
const DeleteGroupDialog = dynamic(
  () => import("@/components/groups/delete-group-dialog").then((module) => module.DeleteGroupDialog),
  { ssr: false },
);
const RemoveMemberDialog = dynamic(
  () => import("@/components/groups/remove-member-dialog").then((module) => module.RemoveMemberDialog),
  { ssr: false },
);

/** The server actions that pages about groups need; pages pass them in, since components know no routes. */
export type GroupActions = {
  readonly setOffsets: (input: SetOffsetsInput) => Promise<Result<SetOffsets>>;
  readonly deleteGroup: (input: DeleteGroupInput) => Promise<Result<{ readonly group: string }>>;
  readonly removeMember: (input: RemoveMemberInput) => Promise<Result<{ readonly memberId: string }>>;
};

/** What a person wants to do to a group. */
export type GroupWish =
  | { readonly kind: "reset"; readonly group: string; readonly draft?: Partial<GoalDraft> }
  | { readonly kind: "create" }
  | { readonly kind: "delete"; readonly group: string }
  | {
      readonly kind: "remove-member";
      readonly group: string;
      readonly member: { readonly memberId: string; readonly instanceId: string | null; readonly clientId: string };
    };

const WishContext = createContext<(wish: GroupWish) => void>(() => {});

/** Asks for a change of a group; the dialog does the rest. */
export function useGroupWish(): (wish: GroupWish) => void {
  return useContext(WishContext);
}

type Props = {
  actions: GroupActions;
  /** Where to go when a group was made, or is gone. */
  onCreated?: (group: string) => void;
  onDeleted?: (group: string) => void;
  children: ReactNode;
};

/** Holds the one dialog of a page that changes groups. */
export function GroupDialogs({ actions, onCreated, onDeleted, children }: Props) {
  const [wish, setWish] = useState<GroupWish>();
  const close = () => setWish(undefined);
  return (
    <WishContext value={setWish}>
      {children}
      {wish?.kind === "reset" && (
        <OffsetsDialog
          group={wish.group}
          draft={wish.draft ?? {}}
          setOffsets={actions.setOffsets}
          onClose={close}
          onDone={close}
        />
      )}
      {wish?.kind === "create" && (
        <OffsetsDialog
          draft={{}}
          setOffsets={actions.setOffsets}
          onClose={close}
          onDone={(group) => {
            close();
            onCreated?.(group);
          }}
        />
      )}
      {wish?.kind === "delete" && (
        <DeleteGroupDialog
          group={wish.group}
          deleteGroup={actions.deleteGroup}
          onClose={close}
          onDone={() => {
            close();
            onDeleted?.(wish.group);
          }}
        />
      )}
      {wish?.kind === "remove-member" && (
        <RemoveMemberDialog
          group={wish.group}
          member={wish.member}
          removeMember={actions.removeMember}
          onClose={close}
        />
      )}
    </WishContext>
  );
}
