"use client";
import { Ellipsis, FolderOpen, Layers, Play, Power, SlidersHorizontal, Terminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useControlBroker } from "@/components/brokers/control-broker";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { copyText } from "@/components/ui/copy-text";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import { describeBrokerConfigsCommand } from "@/lib/cli/brokers";
import type { BrokerSummary } from "@/lib/contracts/brokers";
import { brokerPath } from "@/lib/url";

/** What can be done with a broker from its row. Stop and start are there only where the console's own platform runs it. */
export function BrokerMenu({ broker: { id, supervised } }: { broker: Pick<BrokerSummary, "id" | "supervised"> }) {
  const cluster = useCluster();
  const router = useRouter();
  const bootstrap = useBootstrap();
  const control = useControlBroker();
  const entries: MenuEntry[] = [
    { label: "Log directories", icon: <FolderOpen />, onSelect: () => router.push(brokerPath(cluster, id)) },
    { label: "Topics", icon: <Layers />, onSelect: () => router.push(brokerPath(cluster, id, "topics")) },
    {
      label: "Configuration",
      icon: <SlidersHorizontal />,
      onSelect: () => router.push(brokerPath(cluster, id, "configuration")),
    },
    {
      label: "Copy as CLI command",
      icon: <Terminal />,
      onSelect: () => void copyText(describeBrokerConfigsCommand(bootstrap, id)),
    },
  ];
  if (supervised === "stopped")
    entries.push({
      label: "Start…",
      icon: <Play />,
      isApart: true,
      onSelect: () => control({ broker: id, command: "start" }),
    });
  else if (supervised !== null)
    entries.push({
      label: "Stop…",
      icon: <Power />,
      isApart: true,
      isDanger: true,
      onSelect: () => control({ broker: id, command: "stop" }),
    });
  return (
    <MenuButton
      menuLabel={`Actions for broker ${id}`}
      aria-label={`Actions for broker ${id}`}
      variant="ghost"
      size="icon-sm"
      entries={entries}
    >
      <Ellipsis />
    </MenuButton>
  );
}
