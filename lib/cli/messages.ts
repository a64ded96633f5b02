import { shellQuote } from "@/lib/cli/shell-quote";
import type { MessageQuery, ProduceMessageInput } from "@/lib/contracts/messages";

/**
 * The kcat command that reads what the message browser shows. kcat reads one topic and one partition or all, knows no "newest over all
 * partitions" (it takes as many from each), and stops after a number of messages only.
 */
export function readMessagesCommand(
  bootstrap: readonly string[],
  topic: string,
  query: MessageQuery,
  follow: boolean,
): string {
  const place = follow && query.from === "newest" ? "end" : placeOf(query);
  const words = ["kcat", "-C", "-b", bootstrap.join(","), "-t", topic, "-o", place];
  const untilMs = query.toMs !== undefined && query.from !== "newest" ? ["-o", `e@${query.toMs}`] : [];
  words.push(...untilMs);
  const only = query.partitions?.split(",") ?? [];
  if (only.length === 1) words.push("-p", only[0] ?? "");
  if (!follow) words.push("-e", ...(query.from === "newest" ? [] : ["-c", String(query.limit)]));
  return words.map(shellQuote).join(" ");
}

/** A shell would compute it anew; a number says plainly from when on. */
const spanMs = {
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  today: 86_400_000,
} as const;

function placeOf({ from, offset, timeMs, last, limit }: MessageQuery): string {
  switch (from) {
    case "offset":
      return offset ?? "beginning";
    case "time":
      return `s@${timeMs ?? 0}`;
    case "last":
      return `s@${Date.now() - spanMs[last ?? "1h"]}`;
    case "group":
      return "stored";
    case "oldest":
    case "offsets":
      return "beginning";
    case "newest":
      return `-${limit}`;
  }
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
