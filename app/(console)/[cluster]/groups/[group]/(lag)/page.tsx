import type { Metadata } from "next";
import { GroupLagView } from "@/components/groups/group-lag-view";

type Props = PageProps<"/[cluster]/groups/[group]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Group ${decodeURIComponent((await params).group)}` };
}

export default async function GroupPage({ params }: Props) {
  return <GroupLagView group={decodeURIComponent((await params).group)} />;
}
