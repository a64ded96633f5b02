import { startCluster } from "../broker/testing/start-cluster.ts";
import { describeConsole } from "../testing/console-suite.ts";

describeConsole("the bundled cluster", () => startCluster());
