import { expect, test } from "vitest";
import { pathEnd } from "@/lib/path-end";

test("of a path its end is shown, whole where there is nothing before", () => {
  expect(["/var/lib/kafka/disk-2", "/kafka", "kafka"].map(pathEnd)).toEqual(["…/disk-2", "/kafka", "kafka"]);
});
