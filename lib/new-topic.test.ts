import { expect, test } from "vitest";
import { createTopicInput } from "@/lib/contracts/topic-plans";
import { createTopicInputOf, emptyDraft } from "@/lib/new-topic";

test("what is left empty is left to the brokers", () => {
  expect(createTopicInputOf("local", { ...emptyDraft, name: " orders " })).toEqual({
    cluster: "local",
    name: "orders",
    partitions: null,
    replicationFactor: null,
    configs: {},
  });
});

test("choices become settings, and a setting written out wins", () => {
  const draft = {
    ...emptyDraft,
    name: "o",
    partitions: "3",
    cleanupPolicy: "compact",
    retentionMs: "-1",
    settings: [
      { name: "retention.ms", value: "5 " },
      { name: " ", value: "x" },
    ],
  } as const;
  expect(createTopicInputOf("local", draft)).toMatchObject({
    partitions: 3,
    configs: { "cleanup.policy": "compact", "retention.ms": "5" },
  });
});

test.each([
  [{ name: "" }, "name"],
  [{ name: "with space" }, "name"],
  [{ name: ".." }, "name"],
  [{ name: "o", partitions: "0" }, "partitions"],
  [{ name: "o", partitions: "many" }, "partitions"],
  [{ name: "o", replicationFactor: "1.5" }, "replicationFactor"],
])("the contract refuses %o at its field", (draft, field) => {
  const parsed = createTopicInput.safeParse(createTopicInputOf("local", { ...emptyDraft, ...draft }));
  expect(parsed.error?.issues[0]?.path[0]).toBe(field);
});
