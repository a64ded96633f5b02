import { beforeAll, describe, expect, test } from "vitest";
import { localUser } from "../console/actor.ts";
import type { ConsoleContext } from "../console/context.ts";
import { markFavourites, removeTopicView, saveTopicView } from "../console/topic-notes/keep-topic-marks.ts";
import { readTopicMarks, readTopicNotes } from "../console/topic-notes/read-topic-notes.ts";
import { Changes } from "./console-changes.ts";
import { clientOf, cluster, good } from "./console-context.ts";
import { makeTopic } from "./seed-topic.ts";

/** What the console's own notes of topics promise: labels, documentation, favourites and views are kept, and labels taken back. */
export function describeTopicNotes(consoleOf: () => ConsoleContext): void {
  describe("notes of topics", () => {
    let context: ConsoleContext;
    beforeAll(() => {
      context = consoleOf();
    });
    const client = () => clientOf(context);
    const changes = new Changes(() => context);

    test("notes of a topic are written down in the console, and taken back", async () => {
      await makeTopic(client(), "change.noted");
      const notes = async () => {
        const { labels, documentation } = good(
          await readTopicNotes(context, localUser, { cluster, topic: "change.noted" }),
        );
        return { labels, documentation };
      };
      const labelled = await changes.make("edit-topic-notes", { topic: "change.noted", labels: ["pii", "team-a"] });
      await changes.make("edit-topic-notes", { topic: "change.noted", documentation: "# What it is" });
      expect(await notes()).toEqual({ labels: ["pii", "team-a"], documentation: "# What it is" });
      await changes.revert(labelled);
      expect(await notes()).toEqual({ labels: [], documentation: "# What it is" });
      const twice = await changes.noPlan("edit-topic-notes", { topic: "change.noted", labels: ["a,b"] });
      expect(twice.code).toBe("invalid-input");

      good(await markFavourites(context, localUser, { cluster, topics: ["change.noted"], isFavourite: true }));
      good(await saveTopicView(context, localUser, { cluster, name: "mine", query: "q=change" }));
      good(await saveTopicView(context, localUser, { cluster, name: "mine", query: "q=noted" }));
      const marks = good(await readTopicMarks(context, localUser, { cluster }));
      expect(marks).toMatchObject({ favourites: ["change.noted"], views: [{ name: "mine", query: "q=noted" }] });
      const others = good(await readTopicMarks(context, { name: "another", access: ["read"] }, { cluster }));
      expect(others.favourites).toEqual([]);
      good(await markFavourites(context, localUser, { cluster, topics: ["change.noted"], isFavourite: false }));
      good(await removeTopicView(context, localUser, { cluster, id: marks.views[0]?.id ?? 0 }));
      expect(good(await readTopicMarks(context, localUser, { cluster }))).toMatchObject({ favourites: [], views: [] });
    });

    test("many topics are labelled at once, and taken back without what others labelled since", async () => {
      await makeTopic(client(), "change.labelled-1");
      await makeTopic(client(), "change.labelled-2");
      const labelsOf = async (topic: string) =>
        good(await readTopicNotes(context, localUser, { cluster, topic })).labels;
      await changes.make("edit-topic-notes", { topic: "change.labelled-1", labels: ["pii", "old"] });
      const edit = { add: ["pii", "team-b"], remove: ["old"] };
      const edits = ["change.labelled-1", "change.labelled-2", "change.not-there"].map((topic) => ({ topic, ...edit }));
      const plan = await changes.plan("label-topics", { edits });
      expect(plan.before).toEqual({ "change.labelled-1/labels": "pii, old", "change.labelled-2/labels": null });
      expect(plan.problems).toMatchObject([{ code: "topic-not-found" }]);
      const entry = await changes.make("label-topics", { edits });
      expect(await labelsOf("change.labelled-1")).toEqual(["pii", "team-b"]);
      expect(await labelsOf("change.labelled-2")).toEqual(["pii", "team-b"]);
      await changes.make("edit-topic-notes", { topic: "change.labelled-2", labels: ["pii", "team-b", "since"] });
      await changes.revert(entry);
      expect(await labelsOf("change.labelled-1")).toEqual(["pii", "old"]);
      expect(await labelsOf("change.labelled-2")).toEqual(["since"]);
      const many = Array.from({ length: 20 }, (_, index) => `label-${index}`);
      const tooMany = { edits: [{ topic: "change.labelled-2", add: many, remove: [] }] };
      expect((await changes.noPlan("label-topics", tooMany)).code).toBe("invalid-input");
    });
  });
}
