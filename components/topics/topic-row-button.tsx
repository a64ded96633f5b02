"use client";
import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { TopicSummary } from "@/lib/contracts/topics";

const loadMenu = () => import("@/components/topics/topic-row-menu").then((module) => module.TopicRowMenu);
const TopicRowMenu = dynamic(loadMenu, { ssr: false });
const preload = () => void loadMenu();

/** Opens the menu of a topic in its row. */
export function TopicRowButton({ topic }: { topic: Pick<TopicSummary, "name"> }) {
  return (
    <LazyMenu
      aria-label={`Actions for ${topic.name}`}
      variant="ghost"
      size="icon-sm"
      className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100"
      preload={preload}
      menu={<TopicRowMenu topic={topic} />}
    >
      <Ellipsis />
    </LazyMenu>
  );
}
