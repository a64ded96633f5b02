import { expect, test } from "vitest";
import { configForm, configHint, parseConfig } from "@/lib/config-value";
import type { ConfigEntry } from "@/lib/contracts/configs";

const types: Readonly<Record<string, ConfigEntry["type"]>> = {
  "retention.ms": "long",
  "segment.bytes": "int",
  "max.message.bytes": "int",
  "min.insync.replicas": "int",
  "min.cleanable.dirty.ratio": "double",
  "cleanup.policy": "list",
  "compression.type": "string",
  preallocate: "boolean",
  "leader.replication.throttled.replicas": "list",
};

const parse = (name: string, text: string) => parseConfig({ name, type: types[name] ?? "unknown" }, text);

test.each([
  ["retention.ms", "604800000", "604800000"],
  ["retention.ms", " 7 d ", "604800000"],
  ["retention.ms", "1.5h", "5400000"],
  ["retention.ms", "forever", "-1"],
  ["retention.ms", "9223372036854775807", "9223372036854775807"],
  ["segment.bytes", "1 GiB", "1073741824"],
  ["max.message.bytes", "5MB", "5000000"],
  ["min.insync.replicas", "2", "2"],
  ["min.cleanable.dirty.ratio", "0.25", "0.25"],
  ["cleanup.policy", "compact, delete", "compact,delete"],
  ["compression.type", "zstd", "zstd"],
  ["preallocate", "true", "true"],
  ["leader.replication.throttled.replicas", "0:1,1:2", "0:1,1:2"],
])("%s takes %j as %s", (name, text, value) => expect(parse(name, text)).toEqual({ ok: true, value }));

test.each([
  ["retention.ms", "soon", "Milliseconds, or 30 s, 15 min, 12 h, 7 d."],
  ["retention.ms", "", "Milliseconds, or 30 s, 15 min, 12 h, 7 d."],
  ["retention.ms", "5 GB", "Milliseconds, or 30 s, 15 min, 12 h, 7 d."],
  ["retention.ms", "0.5 ms", "Milliseconds, or 30 s, 15 min, 12 h, 7 d."],
  ["retention.ms", "9223372036854775808", "From -9223372036854775808 to 9223372036854775807."],
  ["segment.bytes", "3 GiB", "From -2147483648 to 2147483647."],
  ["min.insync.replicas", "2 d", "A whole number."],
  ["min.cleanable.dirty.ratio", "", "A number, such as 0.5."],
  ["cleanup.policy", "", "One or more of delete, compact."],
  ["compression.type", "brotli", "One of producer, uncompressed, gzip, snappy, lz4, zstd."],
  ["preallocate", "yes", "One of true, false."],
])("%s refuses %j", (name, text, fault) => expect(parse(name, text)).toEqual({ ok: false, fault }));

test("what the console does not know is text, and has no hint", () => {
  const form = configForm({ name: "vendor.setting", type: "unknown" });
  expect(form).toEqual({ kind: "text" });
  expect(configHint(form)).toBe("");
});
