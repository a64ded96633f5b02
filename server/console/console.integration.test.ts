import { startCluster } from "../broker/testing/start-cluster.ts";
import { describeConsole } from "../testing/console-suite.ts";

describeConsole("the console on the bundled cluster", () => startCluster());
