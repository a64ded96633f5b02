import { countInGroups } from "./scenarios/count-in-groups.ts";
import { produceAndConsume, produceInGroups } from "./scenarios/produce-and-consume.ts";
import { reassign } from "./scenarios/reassign.ts";
import { replicate, replicateFlushed, replicateLong } from "./scenarios/replicate.ts";
import { simulate } from "./simulate.ts";

simulate(replicate, { from: 1_000, seeds: 100 });
simulate(replicateFlushed, { from: 1_000, seeds: 20 });
simulate(produceInGroups, { from: 1_000, seeds: 5 });
simulate(replicateLong, { from: 1_000, seeds: 3 });
simulate(reassign, { from: 1_000, seeds: 5 });
simulate(produceAndConsume, { from: 1_000, seeds: 10 });
simulate(countInGroups, { from: 1_000, seeds: 10 });
