import { startCluster } from "../../broker/testing/start-cluster.ts";
import { describeSearch } from "../../testing/search-suite.ts";

describeSearch("the bundled cluster", () => startCluster());
