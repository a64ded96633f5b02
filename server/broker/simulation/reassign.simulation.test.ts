import { reassign } from "./scenarios/reassign.ts";
import { simulate } from "./simulate.ts";

simulate(reassign, { seeds: 8 });
