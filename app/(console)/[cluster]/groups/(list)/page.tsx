import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { GroupsView } from "@/components/groups/groups-view";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { groupList } from "@/lib/queries/groups";
import { listGroups } from "@/server/console/list-groups";

export const metadata: Metadata = { title: "Consumer groups" };

export default async function GroupsPage({ params }: PageProps<"/[cluster]/groups">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: groupList(cluster).queryKey, read: (context, actor) => listGroups(context, actor, { cluster }) },
      ]}
    >
      <Topbar crumbs={[{ label: "Consumer groups" }]}>
        <CopyLinkButton />
      </Topbar>
      <GroupsView />
    </Prefetched>
  );
}
