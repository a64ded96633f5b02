"use client";
import { Link2 } from "lucide-react";
import { useKeyLabels, useShortcut } from "@/components/shell/shortcuts";
import { CopyButton } from "@/components/ui/copy-button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { copyText } from "@/components/ui/copy-text";
import { Tooltip } from "@/components/ui/tooltip";

/** Copies the address of what is shown: filter, order, place and open record are all in it. */
export function CopyLinkButton() {
  const keyLabels = useKeyLabels();
  useShortcut({ keys: "shift+l", label: "Copy a link to this view", group: "Everywhere", command: true }, () => {
    void copyText(location.href).then((done) => done && confirmToast("Link copied"));
  });
  return (
    <Tooltip label="Copy a link to this view" keys={keyLabels("shift+l")}>
      <CopyButton size="icon" text={() => location.href} label="Copy a link to this view" icon={<Link2 />} />
    </Tooltip>
  );
}
