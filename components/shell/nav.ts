import { Layers, type LucideIcon } from "lucide-react";
import type { ClusterSummary } from "@/lib/contracts/clusters";
import { topicsPath } from "@/lib/url";

/** One place of the console. */
export type NavItem = {
  readonly label: string;
  readonly icon: LucideIcon;
  /** Goes there from anywhere. */
  readonly keys: string;
  readonly href: (cluster: string) => string;
  readonly count?: (facts: ClusterSummary) => number | null;
};

/** The sidebar, in order. An entry is here only when what it leads to works. */
export const places: readonly NavItem[] = [
  { label: "Topics", icon: Layers, keys: "g t", href: topicsPath, count: (facts) => facts.topicCount },
];
