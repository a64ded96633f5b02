"use client";
import { useQuery } from "@tanstack/react-query";
import { LogOut, Play, Power } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { BrokerHeader } from "@/components/brokers/broker-header";
import { controlOf, notRunHere } from "@/components/brokers/broker-control";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { describeBrokerConfigsCommand, describeLogDirsCommand } from "@/lib/cli/brokers";
import { describeAllMembersCommand } from "@/lib/cli/groups";
import { listConnectionsCommand } from "@/lib/cli/platform";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { problemOf } from "@/lib/problem";
import { brokerDetail } from "@/lib/queries/brokers";
import { reassignPath } from "@/lib/operate-url";
import { brokerPath, brokersPath } from "@/lib/url";

type Props = { broker: number; children: ReactNode };

/** What every tab of a broker stands in: its number, what can be done with it, its facts. */
export function BrokerFrame({ broker, children }: Props) {
  const cluster = useCluster();
  const router = useRouter();
  const query = useQuery(brokerDetail(cluster, broker));
  const problem = query.error === null ? undefined : problemOf(query.error);
  const isGone = problem?.code === "broker-not-found";
  const command = useTabCommand(broker, query.data?.supervised !== null);
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers", href: brokersPath(cluster) }, { label: `Broker ${broker}` }]}>
        <CopyLinkButton />
        <CopyCommandButton command={command} />
        <AbleButton
          ability="reassign"
          className="ml-1"
          onClick={() => router.push(reassignPath(cluster, { goal: "drain", brokers: [broker] }))}
        >
          <LogOut />
          Drain…
        </AbleButton>
        {query.data && <ControlButton broker={query.data} />}
      </Topbar>
      {isGone || (problem && !query.data) ? (
        <ProblemView
          problem={problem}
          onRetry={() => void query.refetch()}
          actions={isGone && <Button onClick={() => router.push(brokersPath(cluster))}>All brokers</Button>}
        />
      ) : (
        <>
          <StaleBanner query={query} readAtMs={query.data?.readAtMs} />
          {query.data && <PartialProblems problems={query.data.problems} />}
          <BrokerHeader broker={broker} detail={query.data} />
          {children}
        </>
      )}
    </>
  );
}

/** The command that tells what the open tab shows. */
function useTabCommand(broker: number, isRunHere: boolean): string {
  const cluster = useCluster();
  const bootstrap = useBootstrap();
  switch (usePathname()) {
    case brokerPath(cluster, broker, "configuration"):
      return describeBrokerConfigsCommand(bootstrap, broker);
    case brokerPath(cluster, broker, "connections"):
      return isRunHere ? listConnectionsCommand(broker) : describeAllMembersCommand(bootstrap);
    default:
      return describeLogDirsCommand(bootstrap, broker);
  }
}

/** Stop or start; grey, with the reason, where the console does not run the broker. */
function ControlButton({ broker: { id, supervised } }: { broker: Pick<BrokerDetail, "id" | "supervised"> }) {
  const ask = useAskForChange();
  const command = supervised === "stopped" ? "start" : "stop";
  const label = command === "start" ? "Start…" : "Stop…";
  useShortcut(
    { keys: "shift+s", label: `${label.replace("…", "")} this broker…`, group: "This page", command: true },
    () => ask(controlOf(id, command)),
    supervised !== null,
  );
  if (supervised === null)
    return (
      <Tooltip label={notRunHere}>
        <Button aria-disabled="true" className="ml-1 cursor-not-allowed text-ink-faint hover:bg-raised">
          <Power />
          Stop…
        </Button>
      </Tooltip>
    );
  return (
    <Button className="ml-1" onClick={() => ask(controlOf(id, command))}>
      {command === "start" ? <Play /> : <Power />}
      {label}
    </Button>
  );
}
