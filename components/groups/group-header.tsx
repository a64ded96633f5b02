"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { connectText, groupHealth, groupState, lagTimeText } from "@/components/groups/group-words";
import { isUncommitted, noLagText } from "@/components/groups/no-lag-text";
import { Outlook } from "@/components/groups/outlook";
import { ProtocolBadge } from "@/components/groups/protocol-badge";
import { useCluster } from "@/components/live/live-provider";
import { Fact, FactLine } from "@/components/ui/fact";
import { Status } from "@/components/ui/status";
import { TabNav } from "@/components/ui/tab-nav";
import type { GroupDetail } from "@/lib/contracts/groups";
import { formatCount, formatRate } from "@/lib/format";
import { brokerPath, groupPath } from "@/lib/url";

/** What is true of the group whichever tab is open, and the tabs. */
export function GroupHeader({ group, detail }: { group: string; detail: GroupDetail | undefined }) {
  const pathname = usePathname();
  const cluster = useCluster();
  const tabs = [
    { href: groupPath(cluster, group), label: "Lag", count: detail?.partitions.length },
    { href: groupPath(cluster, group, "members"), label: "Members", count: detail?.memberList.length },
    { href: groupPath(cluster, group, "rebalances"), label: "Rebalances" },
  ];
  return (
    <>
      {detail ? (
        <Facts detail={detail} />
      ) : (
        <div className="flex h-8 items-end px-6 pb-1">
          <span className="h-3 w-96 skeleton after-a-moment" />
        </div>
      )}
      <TabNav label="Consumer group" tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.href }))} />
    </>
  );
}

function Facts({ detail }: { detail: GroupDetail }) {
  const cluster = useCluster();
  const connect = connectText(detail.groupId, detail.protocolType);
  const health = groupHealth(detail, detail.readAtMs);
  const isWaiting = isUncommitted(detail);
  const { attention, lagMessages, consumedPerSecond, assignor, coordinator, outlook } = detail;
  return (
    <FactLine>
      {attention && (
        <div>
          <dt className="sr-only">Needs attention</dt>
          <dd>
            <Status kind={health.kind}>{health.text}</Status>
          </dd>
        </div>
      )}
      <Fact label="Protocol">
        <ProtocolBadge protocol={detail.protocol} />
      </Fact>
      {connect && <Fact label="Used by">{connect}</Fact>}
      <Fact label="State">
        <State state={detail.state} />
      </Fact>
      <Fact label="Lag">{lagMessages === null || isWaiting ? noLagText(isWaiting) : formatCount(lagMessages)}</Fact>
      {detail.lagTime !== null && <Fact label="In time">{lagTimeText(detail.lagTime)}</Fact>}
      {detail.producedPerSecond !== null && <Fact label="Written">{formatRate(detail.producedPerSecond)}/s</Fact>}
      {consumedPerSecond !== null && <Fact label="Reads">{formatRate(consumedPerSecond)}/s</Fact>}
      {outlook.kind !== "unknown" && (
        <Fact label="Outlook">
          <Outlook outlook={outlook} />
        </Fact>
      )}
      {assignor !== "" && <Fact label="Assignor">{assignor}</Fact>}
      {detail.generation !== null && (
        <Fact label={detail.protocol === "classic" ? "Generation" : "Epoch"}>{String(detail.generation)}</Fact>
      )}
      {coordinator >= 0 && (
        <Fact label="Coordinator">
          <Link href={brokerPath(cluster, coordinator)} className="rounded-sm hover:underline">
            broker {coordinator}
          </Link>
        </Fact>
      )}
    </FactLine>
  );
}

function State({ state }: { state: string }) {
  const { kind } = groupState(state);
  return kind === "warn" ? <span className="text-warn">{state}</span> : state;
}
