"use client";
import { Ban, Check, SearchCode, Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { SearchModel } from "@/components/search/use-search";
import type { TopicPurpose } from "@/components/search/topics-dialog";
import { MenuButton } from "@/components/ui/menu-button";
import { cn } from "@/lib/cn";
import { type RecordField, withField } from "@/lib/search/include-value";

const TopicsDialog = dynamic(() => import("@/components/search/topics-dialog").then((module) => module.TopicsDialog), {
  ssr: false,
});

type Props = {
  search: SearchModel;
  field: RecordField;
  /** When the record was written. */
  aroundMs: number;
  children: ReactNode;
  className?: string;
  boxClassName?: string;
};

/** A value of a record. Pressed, it offers to search with it, without it, or for it in other topics. */
export function FieldMenu({ search, field, aroundMs, children, className, boxClassName = "inline" }: Props) {
  const [purpose, setPurpose] = useState<TopicPurpose>();
  const narrow = (isExcluded: boolean) => {
    const { typed } = search;
    const text = withField(typed.language === "cel" ? typed.text : "", field, isExcluded);
    search.begin({ text, language: "cel" });
  };
  return (
    <>
      <MenuButton
        variant="ghost"
        align="start"
        menuLabel={`Search by ${field.path}`}
        aria-label={`Search by ${field.path}`}
        boxClassName={boxClassName}
        className={cn(
          "h-auto shrink justify-start rounded-xs p-0 font-mono text-xs font-normal select-text",
          className,
        )}
        entries={[
          { label: "Only messages with it", icon: <Check />, onSelect: () => narrow(false) },
          { label: "Only messages without it", icon: <Ban />, onSelect: () => narrow(true) },
          {
            label: "Search other topics for it…",
            icon: <SearchCode />,
            isApart: true,
            onSelect: () => setPurpose("search"),
          },
          { label: "Follow it through topics…", icon: <Waypoints />, onSelect: () => setPurpose("follow") },
        ]}
      >
        {children}
      </MenuButton>
      {purpose !== undefined && (
        <TopicsDialog
          search={search}
          purpose={purpose}
          value={String(field.value)}
          aroundMs={aroundMs}
          onClose={() => setPurpose(undefined)}
        />
      )}
    </>
  );
}
