"use client";
import { Bookmark, BookmarkPlus, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "@/components/live/live-provider";
import type { useTopicMarks } from "@/components/topics/use-topic-marks";
import { MenuButton } from "@/components/ui/menu-button";
import { topicsPath } from "@/lib/url";

const SaveViewDialog = dynamic(
  () => import("@/components/topics/save-view-dialog").then((module) => module.SaveViewDialog),
  { ssr: false },
);

/** The saved views of the list: filter, order and labels under a name, for everybody who uses this console; mounted when it is first wanted. */
export function TopicViewsMenu({ kept }: { kept: ReturnType<typeof useTopicMarks> }) {
  const { marks, removeView } = kept;
  const cluster = useCluster();
  const router = useRouter();
  const [isSaving, setSaving] = useState(false);
  const current = typeof location === "undefined" ? "" : location.search.slice(1);
  const open = marks.views.find(({ query }) => query === current);
  return (
    <>
      <MenuButton
        menuLabel="Views"
        align="start"
        variant="ghost"
        isOpenAtFirst
        entries={[
          ...marks.views.map(({ name, query }) => ({
            label: name,
            icon: <Bookmark />,
            onSelect: () => router.push(`${topicsPath(cluster)}?${query}`),
          })),
          {
            label: "Save this view…",
            icon: <BookmarkPlus />,
            isApart: marks.views.length > 0,
            onSelect: () => setSaving(true),
          },
          ...(open
            ? [{ label: `Remove ${open.name}`, icon: <X />, isDanger: true, onSelect: () => removeView(open.id) }]
            : []),
        ]}
      >
        <Bookmark />
        Views
      </MenuButton>
      {isSaving && <SaveViewDialog kept={kept} onClose={() => setSaving(false)} />}
    </>
  );
}
