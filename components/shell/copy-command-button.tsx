"use client";
import { Terminal } from "lucide-react";
import { useKeyLabels, useShortcut } from "@/components/shell/shortcuts";
import { useLogin } from "@/components/shell/use-bootstrap";
import { CopyButton } from "@/components/ui/copy-button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { copyText } from "@/components/ui/copy-text";
import { Tooltip } from "@/components/ui/tooltip";

/** Copies the command that does or shows the same in a terminal. */
export function CopyCommandButton({ command, variant = "ghost" }: { command: string; variant?: "ghost" | "outline" }) {
  const keyLabels = useKeyLabels();
  const text = useLogin().command(command);
  useShortcut({ keys: "shift+c", label: "Copy this view as a CLI command", group: "Everywhere", command: true }, () => {
    void copyText(text).then((done) => done && confirmToast("Command copied"));
  });
  return (
    <Tooltip label="Copy as CLI command" keys={keyLabels("shift+c")}>
      <CopyButton variant={variant} size="icon" text={text} label="Copy as CLI command" icon={<Terminal />} />
    </Tooltip>
  );
}
