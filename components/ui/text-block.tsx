"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatInteger } from "@/lib/format";

/** More lines than this are drawn only when asked for: a browser lays out some thousand at once without a hitch. */
const linesAtOnce = 1_000;
/** And of one line this many characters: a line of megabytes would stop the page while it is broken into rows. */
const charactersAtOnce = 10_000;

type Line = { readonly text: string };

type Props<Row extends Line> = {
  label: string;
  /** Taken only as far as lines are shown, each time from the beginning. */
  lines: () => Iterable<Row>;
  /** Draws one line; plain text without it. */
  line?: ((row: Row) => ReactNode) | undefined;
  numbered?: boolean;
  className?: string;
};

/** Text as it is, with line numbers. */
export function TextBlock<Row extends Line>({ label, lines, line, numbered = true, className }: Props<Row>) {
  const [most, setMost] = useState(linesAtOnce);
  const { shown, hasMore } = takeLines(lines(), most);
  return (
    <div
      role="region"
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      className={cn("scroll-thin overflow-auto py-2.5 font-mono text-xs -outline-offset-2", className)}
    >
      {shown.map((row, i) => (
        // Lines have no other identity than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="group/line flex leading-5 hover:bg-hover">
          {numbered && <span className="w-10 shrink-0 pr-3 text-right text-ink-faint select-none">{i + 1}</span>}
          <span className={cn("min-w-0 flex-1 pr-4 break-all whitespace-pre-wrap", !numbered && "pl-4")}>
            {row.text.length > charactersAtOnce ? <LongLine text={row.text} /> : line ? line(row) : row.text}
          </span>
        </div>
      ))}
      {hasMore && (
        <Button variant="ghost" size="sm" className="m-2 font-sans" onClick={() => setMost(most + 10 * linesAtOnce)}>
          Show more lines
        </Button>
      )}
    </div>
  );
}

function takeLines<Row>(lines: Iterable<Row>, most: number): { shown: Row[]; hasMore: boolean } {
  const shown: Row[] = [];
  for (const line of lines) {
    if (shown.length === most) return { shown, hasMore: true };
    shown.push(line);
  }
  return { shown, hasMore: false };
}

function LongLine({ text }: { text: string }) {
  const [most, setMost] = useState(charactersAtOnce);
  return (
    <>
      {text.slice(0, most)}
      {text.length > most && (
        <Button variant="ghost" size="sm" className="font-sans" onClick={() => setMost(most * 10)}>
          {formatInteger(text.length - most)} more characters in this line
        </Button>
      )}
    </>
  );
}
