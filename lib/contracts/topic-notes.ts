import * as z from "zod/mini";
import { clusterSlug, instantMs, topicName } from "@/lib/contracts/primitives";

const label = z
  .string()
  .check(z.minLength(1), z.maxLength(40, "A label has at most 40 characters."), z.regex(/^[^,\s][^,]*$/, "No commas."));

/** What people write about a topic: kept in the console's store, seen by nobody's clients. */
export const topicNotes = z.object({
  labels: z.array(label).check(z.maxLength(20, "At most 20 labels.")),
  /** Markdown. */
  documentation: z.string().check(z.maxLength(100_000, "At most 100,000 characters.")),
});
export type TopicNotes = z.infer<typeof topicNotes>;

/** Input of the change `edit-topic-notes`. What is absent stays. */
export const editTopicNotesInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  labels: z.optional(topicNotes.shape.labels),
  documentation: z.optional(topicNotes.shape.documentation),
});
export type EditTopicNotesInput = z.infer<typeof editTopicNotesInput>;

/** Input of the change `label-topics`: labels that each topic gets, and those that it loses. */
export const labelTopicsInput = z.object({
  cluster: clusterSlug,
  edits: z
    .array(z.object({ topic: topicName, add: topicNotes.shape.labels, remove: topicNotes.shape.labels }))
    .check(z.minLength(1, "At least one topic."), z.maxLength(10_000, "At most 10,000 topics.")),
});
export type LabelTopicsInput = z.infer<typeof labelTopicsInput>;

/** GET /api/clusters/{cluster}/topics/{topic}/notes */
export const topicNotesRead = z.object({ ...topicNotes.shape, readAtMs: instantMs });
export type TopicNotesRead = z.infer<typeof topicNotesRead>;

/** Input of the action `markFavourites`. */
export const markFavouritesInput = z.object({
  cluster: clusterSlug,
  topics: z.array(topicName).check(z.maxLength(10_000, "At most 10,000 topics.")),
  isFavourite: z.boolean(),
});
export type MarkFavouritesInput = z.infer<typeof markFavouritesInput>;

/** Input of the action `saveTopicView`; a view of the same name is replaced. */
export const saveTopicViewInput = z.object({
  cluster: clusterSlug,
  name: z.string().check(z.minLength(1, "A view needs a name."), z.maxLength(60, "A name has at most 60 characters.")),
  query: z.string().check(z.maxLength(2_000)),
});
export type SaveTopicViewInput = z.infer<typeof saveTopicViewInput>;

/** Input of the action `removeTopicView`. */
export const removeTopicViewInput = z.object({ cluster: clusterSlug, id: z.int() });
export type RemoveTopicViewInput = z.infer<typeof removeTopicViewInput>;
