"use client";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ReactNode, useEffect } from "react";
import { useAskForChange } from "@/components/changes/change-context";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { GroupDialogs, useGroupWish } from "@/components/groups/group-dialogs";
import { GroupHeader } from "@/components/groups/group-header";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { describeGroupCommand, describeMembersCommand } from "@/lib/cli/groups";
import { MenuButton } from "@/components/ui/menu-button";
import { problemOf } from "@/lib/problem";
import { groupDetail } from "@/lib/queries/groups";
import { groupPath, groupsPath, groupWishState } from "@/lib/url";

/** What every tab of a group stands in: its name, its facts, its tabs. */
export function GroupFrame({ group, children }: { group: string; children: ReactNode }) {
  const cluster = useCluster();
  const router = useRouter();
  const bootstrap = useBootstrap();
  const isMembers = usePathname() === groupPath(cluster, group, "members");
  const query = useQuery(groupDetail(cluster, group));
  const problem = query.error === null ? undefined : problemOf(query.error);
  const isGone = problem?.code === "group-not-found";
  const command = isMembers ? describeMembersCommand : describeGroupCommand;
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  return (
    <GroupDialogs>
      <Topbar
        crumbs={[
          { label: "Consumer groups", href: groupsPath(cluster) },
          { label: group, mono: true },
        ]}
      >
        <CopyLinkButton />
        <CopyCommandButton command={command(bootstrap, group)} />
        {query.data && <GroupButtons group={group} />}
      </Topbar>
      {isGone || (problem && !query.data) ? (
        <ProblemView
          problem={problem}
          onRetry={() => void query.refetch()}
          actions={isGone && <Button onClick={() => router.push(groupsPath(cluster))}>All groups</Button>}
        />
      ) : (
        <>
          <StaleBanner query={query} />
          {query.data && <PartialProblems problems={query.data.problems} />}
          <GroupHeader group={group} detail={query.data} />
          {children}
        </>
      )}
    </GroupDialogs>
  );
}

/** What can be done to a group. */
function GroupButtons({ group }: { group: string }) {
  const wish = useGroupWish();
  const ask = useAskForChange();
  const [{ reset }, setState] = useQueryStates(groupWishState);
  useEffect(() => {
    if (!reset) return;
    // An address asks once: what is closed stays closed.
    wish({ kind: "reset", group });
    void setState({ reset: null });
  }, [reset, wish, group, setState]);
  const cluster = useCluster();
  const router = useRouter();
  useShortcut({ keys: "o", label: "Reset offsets…", group: "This page", command: true }, () =>
    wish({ kind: "reset", group }),
  );
  return (
    <>
      <MenuButton
        variant="ghost"
        size="icon"
        aria-label="More for this group"
        menuLabel="This group"
        entries={[
          {
            label: "Delete offsets…",
            icon: <RotateCcw />,
            onSelect: () => wish({ kind: "reset", group, draft: { to: "none" } }),
          },
          {
            label: "Delete group…",
            icon: <Trash2 />,
            isDanger: true,
            isApart: true,
            onSelect: () =>
              ask({
                kind: "delete-group",
                input: { group },
                title: `Delete group ${group}?`,
                description: "No message is lost. Revert in the journal puts the offsets back.",
                confirm: "Delete group",
                pending: "Deleting…",
                isDanger: true,
                onMade: () => router.push(groupsPath(cluster)),
              }),
          },
        ]}
      >
        <Ellipsis />
      </MenuButton>
      <Button className="ml-1" onClick={() => wish({ kind: "reset", group })}>
        <RotateCcw />
        Reset offsets…
      </Button>
    </>
  );
}
