import { expect, test } from "vitest";
import { topicConfigs } from "@/lib/queries/configs";
import { isFollowing } from "@/lib/queries/followed";
import { messages, recordDetail } from "@/lib/queries/messages";
import { topicPartitions } from "@/lib/queries/partitions";
import { topicDetail, topicKey, topicList } from "@/lib/queries/topics";

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
  const isOld = ({ queryKey, meta }: { queryKey: readonly unknown[]; meta?: Record<string, unknown> | undefined }) =>
    isFollowing({ queryKey, meta }, "local", "topics");
  expect(isOld(topicList("local"))).toBe(true);
  expect(isOld(topicDetail("local", "a"))).toBe(true);
  expect(isOld(topicPartitions("local", "a"))).toBe(true);
  expect(isOld(topicConfigs("local", "a"))).toBe(true);
  expect(isOld(messages("local", "a", { from: "newest", limit: 50 }))).toBe(false);
  expect(isOld(recordDetail("local", { topic: "a", partition: 0, offset: "1" }))).toBe(false);
  expect(isOld(topicList("other"))).toBe(false);
});

test("a topic named like a part of a key has keys of its own", () => {
  expect(topicDetail("local", "list").queryKey).toEqual([...topicKey("local", "list"), "detail"]);
  expect(topicKey("local", "list").slice(0, 3)).not.toEqual(topicList("local").queryKey);
});
