import { startCluster } from "../../broker/testing/start-cluster.ts";
import { describeEngine } from "../../testing/engine-suite.ts";

describeEngine("on the bundled cluster", () => startCluster());
