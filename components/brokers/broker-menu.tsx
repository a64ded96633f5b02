"use client";
import {
  Copy,
  Ellipsis,
  FolderOpen,
  Layers,
  LogIn,
  LogOut,
  Play,
  Power,
  SlidersHorizontal,
  Terminal,
  Trash2,
  Unplug,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { controlOf, notRunHere, removal } from "@/components/brokers/broker-control";
import { unregistration } from "@/components/brokers/unregistration";
import { useInability } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { copyText } from "@/components/ui/copy-text";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import { describeBrokerConfigsCommand } from "@/lib/cli/brokers";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { reassignPath } from "@/lib/operate-url";
import { brokerPath, jobsPath } from "@/lib/url";

/** What can be done with a broker from its row. Stop, start and remove are grey where the console's own platform does not run it. */
export function BrokerMenu({
  broker: { id, supervised, state },
}: {
  broker: Pick<BrokerSummary, "id" | "supervised" | "state">;
}) {
  const cluster = useCluster();
  const router = useRouter();
  const bootstrap = useBootstrap();
  const login = useLogin();
  const change = useAskForChange();
  const cannotReassign = useInability("reassign");
  const cannotUnregister = useInability("unregister");
  const entries: MenuEntry[] = [
    { label: "Log directories", icon: <FolderOpen />, onSelect: () => router.push(brokerPath(cluster, id)) },
    { label: "Replicas", icon: <Copy />, onSelect: () => router.push(brokerPath(cluster, id, "replicas")) },
    { label: "Topics", icon: <Layers />, onSelect: () => router.push(brokerPath(cluster, id, "topics")) },
    {
      label: "Configuration",
      icon: <SlidersHorizontal />,
      onSelect: () => router.push(brokerPath(cluster, id, "configuration")),
    },
    {
      label: "Copy as CLI command",
      icon: <Terminal />,
      onSelect: () => void copyText(login.command(describeBrokerConfigsCommand(bootstrap, id))),
    },
  ];
  const reassign = (goal: "drain" | "use") => router.push(reassignPath(cluster, { goal, brokers: [id] }));
  if (cannotReassign === undefined) {
    entries.push({ label: "Drain…", icon: <LogOut />, isApart: true, onSelect: () => reassign("drain") });
    if (state !== "gone") entries.push({ label: "Use more…", icon: <LogIn />, onSelect: () => reassign("use") });
  }
  if (state === "gone" && supervised === null && cannotUnregister === undefined)
    entries.push({
      label: "Unregister…",
      icon: <Trash2 />,
      isApart: true,
      isDanger: true,
      onSelect: () => change(unregistration(id)),
    });
  const isOurs = supervised !== null ? {} : { disabledReason: notRunHere };
  entries.push(
    supervised === "stopped"
      ? { label: "Start…", icon: <Play />, isApart: true, onSelect: () => change(controlOf(id, "start")) }
      : {
          label: "Stop…",
          icon: <Power />,
          isApart: true,
          isDanger: true,
          onSelect: () => change(controlOf(id, "stop")),
          ...isOurs,
        },
    {
      label: "Drain and remove…",
      icon: <Unplug />,
      isDanger: true,
      onSelect: () => change(removal(id, (job) => router.push(jobsPath(cluster, job)))),
      ...isOurs,
    },
  );
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
