import { expect, test } from "vitest";
import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";
import { offsetsByTopic } from "@/lib/contracts/group-offsets";
import { changeThrottlesInput } from "@/lib/contracts/operations";
import { topicMarks } from "@/lib/contracts/topic-marks";

/** As they come over the border. */
const sent = (text: string): unknown => JSON.parse(text);

test("keeps names that an object seems to have already", () => {
  const lists = byName(z.string().check(z.maxLength(20)), z.array(z.string()));
  const text = '{"__proto__":["a"],"constructor":["b"],"orders":[]}';
  expect(JSON.stringify(lists.parse(sent(text)))).toBe(text);
  expect(JSON.stringify(lists.parse(lists.parse(sent(text))))).toBe(text);
  expect(Object.getPrototypeOf(lists.parse(sent(text)))).toBe(Object.prototype);
  for (const wrong of ['{"orders":[1]}', '{"a name that is too long for it":[]}', "[]", "[1]", "null", '"orders"'])
    expect(lists.safeParse(sent(wrong)).success).toBe(false);
});

test("labels, offsets and throttles of the topic __proto__ come over the border", () => {
  const labels = '{"__proto__":["odd"]}';
  expect(JSON.stringify(topicMarks.parse({ labels: sent(labels), favourites: [], views: [] }).labels)).toBe(labels);
  const offsets = '{"__proto__":{"0":"7"}}';
  expect(JSON.stringify(offsetsByTopic.parse(sent(offsets)))).toBe(offsets);
  const topics = '{"__proto__":{"leader":"0:1","follower":null}}';
  const throttles = changeThrottlesInput.parse({ cluster: "local", brokers: {}, topics: sent(topics) });
  expect(JSON.stringify(throttles.topics)).toBe(topics);
});
