import type { Metadata } from "next";
import { GroupMembersView } from "@/components/groups/group-members-view";

type Props = PageProps<"/[cluster]/groups/[group]/members">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Members of ${decodeURIComponent((await params).group)}` };
}

export default async function GroupMembersPage({ params }: Props) {
  return <GroupMembersView group={decodeURIComponent((await params).group)} />;
}
