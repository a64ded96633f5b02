import * as z from "zod/mini";
import { searchMatch, searchStatus } from "@/lib/contracts/search";

/** A search has read more, found more or changed its state: at most 10 times a second, and 500 matches an event. The first match is told at once. */
export const searchEvent = z.object({
  type: z.literal("search"),
  id: z.string(),
  status: searchStatus,
  found: z.array(searchMatch),
  /** For `sequence` after a reconnect. */
  sequence: z.int(),
});
export type SearchEvent = z.infer<typeof searchEvent>;
