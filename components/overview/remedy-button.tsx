"use client";
import Link from "next/link";
import { controlOf } from "@/components/brokers/broker-control";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { uncleanElection } from "@/components/partitions/elections";
import { Button, buttonLook } from "@/components/ui/button";
import type { Remedy } from "@/lib/contracts/overview";
import { reassignPath } from "@/lib/operate-url";
import { brokerPath, groupPath } from "@/lib/url";

const look = { size: "sm", variant: "ghost" } as const;

/** What ends a trouble: the question before a change, or the page on which its cause is seen. */
export function RemedyButton({ remedy }: { remedy: Remedy }) {
  const cluster = useCluster();
  const ask = useAskForChange();
  if (remedy.kind === "start-broker")
    return (
      <Button {...look} onClick={() => ask(controlOf(remedy.broker, "start"))}>
        Start broker {remedy.broker}…
      </Button>
    );
  if (remedy.kind === "elect-uncleanly") {
    const { topic, partitions } = remedy;
    const places = partitions.map((partition) => ({ topic, partition }));
    return (
      <Button {...look} onClick={() => ask(uncleanElection(topic, places))}>
        Elect a leader…
      </Button>
    );
  }
  const { href, label } = wayOf(remedy, cluster);
  return (
    <Link href={href} prefetch={false} className={buttonLook(look)}>
      {label}
    </Link>
  );
}

type Way = Exclude<Remedy, { kind: "start-broker" | "elect-uncleanly" }>;

function wayOf(remedy: Way, cluster: string): { readonly href: string; readonly label: string } {
  switch (remedy.kind) {
    case "see-broker":
      return { href: brokerPath(cluster, remedy.broker), label: `Look at broker ${remedy.broker}` };
    case "move-replicas":
      return {
        href: reassignPath(cluster, { goal: "drain", brokers: [remedy.broker] }),
        label: "Move replicas off it…",
      };
    case "reset-offsets":
      return { href: `${groupPath(cluster, remedy.group)}?reset=true`, label: "Reset offsets…" };
    case "see-record":
      return { href: groupPath(cluster, remedy.group), label: "Look at the record" };
    case "see-members":
      return { href: groupPath(cluster, remedy.group, "members"), label: "Look at its members" };
    case "see-grid":
      return { href: `${groupPath(cluster, remedy.group, "members")}?view=grid`, label: "Look at the assignment" };
    case "see-rebalances":
      return { href: groupPath(cluster, remedy.group, "rebalances"), label: "Look at its rebalances" };
  }
}
