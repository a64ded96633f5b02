import { shellQuote } from "@/lib/cli/shell-quote";
import type { MessageQuery, ProduceMessageInput } from "@/lib/contracts/messages";

/** The kcat command that reads what the message browser shows. kcat knows no "newest over all partitions": it takes as many from each. */
export function readMessagesCommand(
  bootstrap: readonly string[],
  topic: string,
  query: MessageQuery,
  follow: boolean,
): string {
  const place =
    query.from === "offset"
      ? (query.offset ?? "beginning")
      : query.from === "time"
        ? `s@${query.timeMs ?? 0}`
        : query.from === "oldest"
          ? "beginning"
          : follow
            ? "end"
            : `-${query.limit}`;
  const words = ["kcat", "-C", "-b", bootstrap.join(","), "-t", topic, "-o", place];
  if (query.partition !== undefined) words.push("-p", String(query.partition));
  if (!follow) words.push("-e", ...(query.from === "newest" ? [] : ["-c", String(query.limit)]));
  return words.map(shellQuote).join(" ");
}

/** The kcat command that reads one record. */
export function readRecordCommand(
  bootstrap: readonly string[],
  topic: string,
  partition: number,
  offset: string,
): string {
  return [
    "kcat",
    "-C",
    "-b",
    bootstrap.join(","),
    "-t",
    topic,
    "-p",
    String(partition),
    "-o",
    offset,
    "-c",
    "1",
    "-e",
    "-J",
  ]
    .map(shellQuote)
    .join(" ");
}

/** The kcat command that produces the same record; text only, since a shell cannot carry bytes. */
export function produceMessageCommand(
  bootstrap: readonly string[],
  input: Omit<ProduceMessageInput, "cluster">,
): string {
  const words = ["kcat", "-P", "-b", bootstrap.join(","), "-t", input.topic];
  if (input.partition !== null) words.push("-p", String(input.partition));
  if (input.key !== null) words.push("-k", input.key.text);
  if (input.value === null) words.push("-Z");
  if (input.codec !== "none") words.push("-z", input.codec);
  for (const header of input.headers) words.push("-H", `${header.key}=${header.value.text}`);
  words.push("-X", `acks=${input.acks === "all" ? "all" : input.acks === "leader" ? "1" : "0"}`);
  // A whole file is one record, so that line breaks in the value stay.
  return `printf %s ${shellQuote(input.value?.text ?? "")} | ${words.map(shellQuote).join(" ")} /dev/stdin`;
}
