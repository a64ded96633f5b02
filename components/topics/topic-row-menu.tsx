"use client";
import { Copy, Ellipsis, Settings2, Terminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { useTopicEntries } from "@/components/topics/use-topic-entries";
import { copyText } from "@/components/ui/copy-text";
import { MenuButton } from "@/components/ui/menu-button";
import { describeTopicCommand } from "@/lib/cli/topics";
import type { TopicSummary } from "@/lib/contracts/topics";
import { topicPath } from "@/lib/url";

/** What can be done with a topic from its row; mounted when it is first wanted. */
export function TopicRowMenu({ topic }: { topic: Pick<TopicSummary, "name"> }) {
  const cluster = useCluster();
  const router = useRouter();
  const bootstrap = useBootstrap();
  const login = useLogin();
  const changing = useTopicEntries(topic.name, null);
  return (
    <MenuButton
      menuLabel={`Actions for ${topic.name}`}
      aria-label={`Actions for ${topic.name}`}
      variant="ghost"
      size="icon-sm"
      isOpenAtFirst
      className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
      entries={[
        { label: "Copy name", icon: <Copy />, onSelect: () => void copyText(topic.name) },
        {
          label: "Copy as CLI command",
          icon: <Terminal />,
          onSelect: () => void copyText(login.command(describeTopicCommand(bootstrap, topic.name))),
        },
        {
          label: "Edit configuration",
          icon: <Settings2 />,
          onSelect: () => router.push(topicPath(cluster, topic.name, "configuration")),
        },
        ...changing,
      ]}
    >
      <Ellipsis />
    </MenuButton>
  );
}
