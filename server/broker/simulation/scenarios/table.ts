import type { Scenario } from "../scenario.ts";
import { countInGroups } from "./count-in-groups.ts";
import { produceAndConsume, produceInGroups } from "./produce-and-consume.ts";
import { reassign } from "./reassign.ts";
import { replicate, replicateFlushed, replicateLong } from "./replicate.ts";

/** All scenarios, the quick ones first. */
export const scenarios: readonly Scenario[] = [
  replicate,
  replicateFlushed,
  produceAndConsume,
  produceInGroups,
  countInGroups,
  reassign,
  replicateLong,
];
