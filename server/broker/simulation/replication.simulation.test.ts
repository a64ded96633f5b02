import { reassign } from "./scenarios/reassign.ts";
import { replicate } from "./scenarios/replicate.ts";
import { simulate } from "./simulate.ts";

simulate(replicate, { seeds: 20 });
simulate(reassign, { seeds: 2 });
