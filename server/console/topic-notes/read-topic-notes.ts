import type { TopicNotesRead } from "../../../lib/contracts/topic-notes.ts";
import type { TopicMarks } from "../../../lib/contracts/topic-marks.ts";
import { succeed } from "../../../lib/result.ts";
import { defineUseCase } from "../use-case.ts";

/** What people wrote about a topic. Asks no cluster. */
export const readTopicNotes = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicNotesRead>({
  failed: ({ topic }) => `Notes of ${topic} could not be read`,
  run: ({ context, cluster }, { topic }) => {
    const notes = context.topicNotes.find(cluster.options.id, topic);
    return Promise.resolve(succeed({ ...notes, readAtMs: Date.now() }));
  },
});

/** Labels, favourites and saved views, for the list of topics. Asks no cluster. */
export const readTopicMarks = defineUseCase<{ readonly cluster: string }, TopicMarks>({
  failed: () => "Labels and favourites could not be read",
  run: ({ context, cluster, actor }) =>
    Promise.resolve(succeed(context.topicNotes.marks(cluster.options.id, actor.name))),
});
