"use client";
import { usePathname } from "next/navigation";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import { TabNav } from "@/components/ui/tab-nav";
import { activeMoveList } from "@/lib/queries/reassignment";
import { movesPath, quorumPath } from "@/lib/operate-url";
import { brokersPath } from "@/lib/url";

/** What there is about the brokers of a cluster together. */
export function BrokersTabs() {
  const cluster = useCluster();
  const pathname = usePathname();
  const moves = useQuery({ ...activeMoveList(cluster), refetchInterval: 10_000 }).data;
  const count = moves === undefined ? 0 : moves.moves.length + moves.directories.length;
  const tabs = [
    { href: brokersPath(cluster), label: "Brokers" },
    { href: quorumPath(cluster), label: "Quorum and features" },
    ...(count > 0 ? [{ href: movesPath(cluster), label: "Moves under way", count }] : []),
  ];
  return <TabNav label="Brokers" tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.href }))} />;
}
