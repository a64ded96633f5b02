import type { Scenario } from "../scenario.ts";
import { countInGroups } from "./count-in-groups.ts";
import { produceAndConsume } from "./produce-and-consume.ts";
import { reassign } from "./reassign.ts";
import { replicate, replicateLong } from "./replicate.ts";

/** All scenarios, the quick ones first. */
export const scenarios: readonly Scenario[] = [replicate, produceAndConsume, countInGroups, reassign, replicateLong];
