import { replicate } from "./scenarios/replicate.ts";
import { simulate } from "./simulate.ts";

simulate(replicate, { from: 81, seeds: 40 });
