import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";

/** A list as somebody left it, under a name. */
export const savedView = z.object({
  id: z.int(),
  name: z.string(),
  /** The list's address after the question mark. */
  query: z.string(),
});
export type SavedView = z.infer<typeof savedView>;

/** GET /api/clusters/{cluster}/topic-marks: what people put on topics, for the list. */
export const topicMarks = z.object({
  /** Labels of the topics that have some. */
  labels: byName(z.string(), z.array(z.string())),
  /** Of whoever asks. */
  favourites: z.array(z.string()),
  views: z.array(savedView),
});
export type TopicMarks = z.infer<typeof topicMarks>;
