import { expect, test } from "vitest";
import { healthOf } from "@/components/topics/topic-health";

test.each([
  [{ offline: 0, belowMinIsr: 0, underReplicated: 0 }, "ok", "Healthy"],
  [{ offline: 0, belowMinIsr: 0, underReplicated: 1 }, "warn", "1 partition under-replicated"],
  [{ offline: 0, belowMinIsr: 2, underReplicated: 4 }, "bad", "2 partitions below min ISR"],
  [{ offline: 1, belowMinIsr: 2, underReplicated: 4 }, "bad", "1 partition without a leader"],
])("of %o the worst is told", (facts, kind, note) => expect(healthOf(facts)).toEqual({ kind, note }));
