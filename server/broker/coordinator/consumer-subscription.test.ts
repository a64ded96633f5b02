import { expect, test } from "vitest";
import { topicsOfSubscription } from "./consumer-subscription.ts";
import { consumerSubscription } from "./testing/group-script.ts";

test("reads the topics that every version begins with", () => {
  expect(topicsOfSubscription(consumerSubscription(["a", "bü"]))).toEqual(["a", "bü"]);
  expect(topicsOfSubscription(consumerSubscription([]))).toEqual([]);
});

test("a cut anywhere before the end of the topics is no subscription", () => {
  const whole = consumerSubscription(["abc", "de"]);
  const userDataBytes = 4;
  for (let cut = 0; cut < whole.length - userDataBytes; cut++)
    expect(topicsOfSubscription(whole.subarray(0, cut))).toBeUndefined();
});

test.each(["0000ffffffff", "00007fffffff", "000000000001ffff61", "ffff00000000"])(
  "lengths and versions that lie (%s) are no subscription",
  (hex) => {
    expect(topicsOfSubscription(Buffer.from(hex, "hex"))).toBeUndefined();
  },
);
