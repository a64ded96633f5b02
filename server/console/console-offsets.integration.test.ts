import { startCluster } from "../broker/testing/start-cluster.ts";
import { describeOffsets } from "../testing/console-offsets-suite.ts";

describeOffsets("the bundled cluster", () => startCluster());
