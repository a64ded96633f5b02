import { expect, test } from "vitest";
import { configMeaning } from "@/lib/config-meaning";

test.each([
  ["retention.ms", "604800000", "7 d"],
  ["retention.ms", "-1", "forever"],
  ["retention.bytes", "-1", "no limit"],
  ["local.retention.ms", "-2", undefined],
  ["segment.bytes", "1073741824", "1.07 GB"],
  ["flush.ms", "9223372036854775807", "no limit"],
  ["flush.messages", "9223372036854775807", "no limit"],
  ["file.delete.delay.ms", "100", undefined],
  ["cleanup.policy", "delete", undefined],
  ["min.insync.replicas", "2", undefined],
])("%s=%s means %s", (name, value, meaning) => expect(configMeaning(name, value)).toBe(meaning));
