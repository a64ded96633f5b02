"use client";
import { Copy, Ellipsis, Settings2, Terminal, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { useDeleteTopic } from "@/components/topics/topic-dialogs";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { describeTopicCommand } from "@/lib/cli/topics";
import type { TopicSummary } from "@/lib/contracts/topics";
import { topicPath } from "@/lib/url";

/** What can be done with a topic from its row. */
export function TopicRowMenu({ topic }: { topic: Pick<TopicSummary, "name"> }) {
  const cluster = useCluster();
  const router = useRouter();
  const bootstrap = useBootstrap();
  const deleteTopic = useDeleteTopic();
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Actions for ${topic.name}`}
          className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem icon={<Copy />} onSelect={() => void copyText(topic.name)}>
          Copy name
        </MenuItem>
        <MenuItem icon={<Terminal />} onSelect={() => void copyText(describeTopicCommand(bootstrap, topic.name))}>
          Copy as CLI command
        </MenuItem>
        <MenuItem icon={<Settings2 />} onSelect={() => router.push(topicPath(cluster, topic.name, "configuration"))}>
          Show configuration
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => deleteTopic(topic.name)}>
          Delete topic…
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
