import { CopyButton } from "@/components/ui/copy-button";

/** A command to take to a terminal, as it is, with a button that copies it. */
export function CommandBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex items-start gap-1 rounded-md bg-canvas py-1.5 pr-1.5 pl-3 shadow-hairline">
      <code className="min-w-0 flex-1 py-0.5 font-mono text-xs wrap-anywhere whitespace-pre-wrap">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
