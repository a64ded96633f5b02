import { produceInGroups } from "./scenarios/produce-and-consume.ts";
import { replicateFlushed } from "./scenarios/replicate.ts";
import { simulate } from "./simulate.ts";

simulate(produceInGroups, { seeds: 5 });
simulate(replicateFlushed, { seeds: 20 });
