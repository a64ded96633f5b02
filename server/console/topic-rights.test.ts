import { expect, test } from "vitest";
import { topicRights } from "./topic-rights.ts";

test("rights are the bits that Kafka's AclOperation numbers", () => {
  expect(topicRights({ topicAuthorizedOperations: (1 << 3) | (1 << 11) })).toEqual(["Read", "AlterConfigs"]);
  expect(topicRights({ topicAuthorizedOperations: 0 })).toEqual([]);
});

test("what the cluster does not tell is not known", () =>
  expect(topicRights({ topicAuthorizedOperations: -2_147_483_648 })).toBeNull());
