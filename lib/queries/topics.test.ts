import { expect, test } from "vitest";
import { topicConfigs } from "@/lib/queries/configs";
import { messages, recordDetail } from "@/lib/queries/messages";
import { topicPartitions } from "@/lib/queries/partitions";
import { isTopicFact, topicDetail, topicKey, topicList } from "@/lib/queries/topics";

test("every key begins with its cluster", () => {
  const keys = [
    topicList("local"),
    topicDetail("local", "a"),
    topicPartitions("local", "a"),
    topicConfigs("local", "a"),
  ].map((one) => one.queryKey[0]);
  expect(new Set(keys)).toEqual(new Set(["local"]));
});

test("a change of topics makes their facts old, and leaves the messages on the screen alone", () => {
  const facts = [
    topicList("local"),
    topicDetail("local", "a"),
    topicPartitions("local", "a"),
    topicConfigs("local", "a"),
  ];
  expect(facts.map((one) => isTopicFact("local", one.queryKey))).toEqual([true, true, true, true]);
  expect(isTopicFact("local", messages("local", "a", { from: "newest", limit: 50 }).queryKey)).toBe(false);
  expect(isTopicFact("local", recordDetail("local", "a", 0, "1").queryKey)).toBe(false);
  expect(isTopicFact("other", topicList("local").queryKey)).toBe(false);
});

test("a topic named like a part of a key has keys of its own", () => {
  expect(topicDetail("local", "list").queryKey).toEqual([...topicKey("local", "list"), "detail"]);
  expect(topicKey("local", "list").slice(0, 3)).not.toEqual(topicList("local").queryKey);
});
