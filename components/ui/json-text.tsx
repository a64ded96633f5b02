import type { ReactNode } from "react";

const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Colours one line of JSON; anything that is not JSON stays plain. */
export function JsonText({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(token)) {
    const [all, string, colon, number] = match;
    if (match.index > last) parts.push(text.slice(last, match.index));
    const tone = string
      ? colon
        ? "text-code-key"
        : "text-code-string"
      : number
        ? "text-code-number"
        : "text-code-atom";
    parts.push(
      <span key={match.index} className={tone}>
        {string ?? all}
      </span>,
    );
    if (colon) parts.push(colon);
    last = match.index + all.length;
  }
  parts.push(text.slice(last));
  return parts;
}
