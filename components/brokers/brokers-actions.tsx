"use client";
import { Crown, Ellipsis, Gauge, Plus, Scale, Shuffle } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { addition, notRunHere } from "@/components/brokers/broker-control";
import { AbleButton, useInability } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import { preferredElection } from "@/components/partitions/elections";
import { reassignPath } from "@/lib/operate-url";
import { brokerList } from "@/lib/queries/brokers";
import { jobsPath } from "@/lib/url";

const ThrottleDialog = dynamic(
  () => import("@/components/brokers/throttle-dialog").then((module) => module.ThrottleDialog),
  { ssr: false },
);

/** What can be done with all brokers together. */
export function BrokersActions() {
  const cluster = useCluster();
  const router = useRouter();
  const change = useAskForChange();
  const [isThrottling, setThrottling] = useState(false);
  const cannotElect = useInability("electLeaders");
  const cannotThrottle = useInability("throttle");
  const canControl = useQuery(brokerList(cluster)).data?.canControl ?? false;
  const entries: MenuEntry[] = [
    { label: "Reassign replicas…", icon: <Shuffle />, onSelect: () => router.push(reassignPath(cluster)) },
  ];
  if (cannotElect === undefined)
    entries.push({ label: "Elect preferred leaders…", icon: <Crown />, onSelect: () => change(preferredElection([])) });
  if (cannotThrottle === undefined)
    entries.push({ label: "Replication throttle…", icon: <Gauge />, onSelect: () => setThrottling(true) });
  entries.push({
    label: "Add broker…",
    icon: <Plus />,
    isApart: true,
    onSelect: () => change(addition((job) => router.push(jobsPath(cluster, job)))),
    ...(!canControl && { disabledReason: notRunHere }),
  });
  return (
    <>
      <AbleButton
        ability="reassign"
        className="ml-1"
        onClick={() => router.push(reassignPath(cluster, { goal: "balance" }))}
      >
        <Scale />
        Balance…
      </AbleButton>
      <MenuButton
        menuLabel="More for all brokers"
        aria-label="More for all brokers"
        variant="ghost"
        size="icon"
        entries={entries}
      >
        <Ellipsis />
      </MenuButton>
      {isThrottling && <ThrottleDialog onClose={() => setThrottling(false)} />}
    </>
  );
}
