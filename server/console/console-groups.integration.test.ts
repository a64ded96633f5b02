import { startCluster } from "../broker/testing/start-cluster.ts";
import { describeWatchedGroups } from "../testing/console-groups-suite.ts";

describeWatchedGroups("the bundled cluster", () => startCluster());
