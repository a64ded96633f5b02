import * as z from "zod/mini";
import { recordSummary } from "@/lib/contracts/messages";
import { offsetText } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** New records, at most 10 times a second and 500 records an event. */
export const messagesEvent = z.object({
  type: z.literal("messages"),
  id: z.string(),
  records: z.array(recordSummary),
  /** Next offsets, for `positions` after a reconnect. */
  positions: z.record(z.string(), offsetText),
  /** Records left out because the reader was slower than the topic. */
  skipped: z.number(),
  /** Of topics that cannot be read now, while the others can; replaces those of the event before. */
  problems: z.array(problemSchema),
});
