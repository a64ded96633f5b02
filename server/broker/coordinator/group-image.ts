import type { ClassicGroup } from "./classic-group.ts";
import { OffsetStore } from "./offset-store.ts";

/** The groups of one partition of `__consumer_offsets`. `apply` writes what is recorded, the shell sets `live`; `decide` only reads. */
export type GroupImage = {
  readonly groups: Map<string, ClassicGroup>;
  readonly offsets: OffsetStore;
};

/** A shard before its first record. */
export function emptyGroupImage(): GroupImage {
  return { groups: new Map(), offsets: new OffsetStore() };
}
