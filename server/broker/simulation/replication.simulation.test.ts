import { replicate } from "./scenarios/replicate.ts";
import { simulate } from "./simulate.ts";

// Seeds are spread over files, because files run beside each other.
simulate(replicate, { seeds: 40 });
