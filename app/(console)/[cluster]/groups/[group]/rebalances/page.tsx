import type { Metadata } from "next";
import { GroupRebalancesView } from "@/components/groups/group-rebalances-view";

type Props = PageProps<"/[cluster]/groups/[group]/rebalances">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Rebalances of ${decodeURIComponent((await params).group)}` };
}

export default async function GroupRebalancesPage({ params }: Props) {
  return <GroupRebalancesView group={decodeURIComponent((await params).group)} />;
}
