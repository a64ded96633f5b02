/**
 * Lays XML out line by line, two spaces a level, where one element directly follows another; text stays on the line of its element, so that
 * nothing of it changes. Works only as far as lines are taken.
 */
export function* xmlLines(text: string): Generator<string, void, void> {
  const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g;
  let depth = 0;
  let line = "";
  for (const [part] of text.matchAll(token)) {
    const isText = !part.startsWith("<") || part.startsWith("<![CDATA[");
    if (isText) {
      if (part.trim() !== "") line += part;
      continue;
    }
    const isClosing = part.startsWith("</");
    if (isClosing) depth = Math.max(0, depth - 1);
    // `<a>text</a>` stays on one line: its own opening tag, or text, stands before.
    const staysOnLine = isClosing && line !== "" && !/(?:\/>|-->|\?>|<\/[^>]*>)$/.test(line);
    if (!staysOnLine && line !== "") {
      yield* line.split("\n");
      line = "";
    }
    line += staysOnLine ? part : "  ".repeat(Math.min(depth, 40)) + part;
    if (!isClosing && !/^<[!?]|\/>$/.test(part)) depth += 1;
  }
  if (line !== "") yield* line.split("\n");
}
