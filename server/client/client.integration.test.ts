import { startCluster } from "../broker/testing/start-cluster.ts";
import { describeClient } from "../testing/client-suite.ts";

describeClient("the bundled cluster", () => startCluster());
