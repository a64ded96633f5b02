import type { TopologyNode } from "@/lib/contracts/topology";
import { groupPath, jobsPath, topicPath } from "@/lib/url";

/** The page of what a node stands for; a producer has none. */
export function nodePath(cluster: string, { type, name }: Pick<TopologyNode, "type" | "name">): string | undefined {
  switch (type) {
    case "topic":
      return topicPath(cluster, name);
    case "group":
      return groupPath(cluster, name);
    case "job":
      return jobsPath(cluster);
    case "producer":
      return undefined;
  }
}
