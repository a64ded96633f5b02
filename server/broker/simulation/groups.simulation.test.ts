import { countInGroups } from "./scenarios/count-in-groups.ts";
import { simulate } from "./simulate.ts";

simulate(countInGroups, { seeds: 42 });
