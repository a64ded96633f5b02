"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatInteger } from "@/lib/format";

/** More lines than this are drawn only when asked for: a browser lays out some thousand at once without a hitch. */
const linesAtOnce = 1_000;

type Props = {
  label: string;
  text: string;
  /** Draws one line; plain text without it. */
  line?: (text: string) => ReactNode;
  numbered?: boolean;
  className?: string;
};

/** Text as it is, with line numbers. */
export function TextBlock({ label, text, line, numbered = true, className }: Props) {
  const [shown, setShown] = useState(linesAtOnce);
  const lines = text.split("\n");
  return (
    <div
      role="region"
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      className={cn("scroll-thin overflow-auto py-2.5 font-mono text-xs -outline-offset-2", className)}
    >
      {lines.slice(0, shown).map((content, i) => (
        // Lines have no other identity than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="flex leading-5 hover:bg-hover">
          {numbered && <span className="w-10 shrink-0 pr-3 text-right text-ink-faint select-none">{i + 1}</span>}
          <span className={cn("min-w-0 flex-1 pr-4 break-all whitespace-pre-wrap", !numbered && "pl-4")}>
            {line ? line(content) : content}
          </span>
        </div>
      ))}
      {lines.length > shown && (
        <Button variant="ghost" size="sm" className="m-2 font-sans" onClick={() => setShown(shown + 10 * linesAtOnce)}>
          Show more of {formatInteger(lines.length - shown)} further lines
        </Button>
      )}
    </div>
  );
}
