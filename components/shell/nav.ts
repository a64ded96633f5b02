import {
  Activity,
  ArrowLeftRight,
  BellRing,
  Gauge,
  Layers,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Server,
  Settings,
  Users,
  Waypoints,
} from "lucide-react";
import type { ClusterSummary } from "@/lib/contracts/clusters";
import type { Overview } from "@/lib/contracts/overview";
import {
  alertsPath,
  brokersPath,
  groupsPath,
  jobsPath,
  journalPath,
  overviewPath,
  quotasPath,
  settingsPath,
  topicsPath,
  topologyPath,
  transactionsPath,
} from "@/lib/url";

/** What the sidebar knows of the cluster; undefined is "not yet". */
export type NavFacts = { readonly cluster: ClusterSummary | undefined; readonly overview: Overview | undefined };

/** One place of the console. */
export type NavItem = {
  readonly label: string;
  readonly icon: LucideIcon;
  /** Goes there from anywhere. */
  readonly keys: string;
  readonly href: (cluster: string) => string;
  /** Its heading; the first places have none, and `apart` stands alone at the end. */
  readonly section?: "Data" | "Govern" | "apart";
  readonly count?: (facts: NavFacts) => number | null | undefined;
  /** What in the list of what needs attention is found there. */
  readonly subject?: Overview["attention"][number]["subject"]["type"];
};

/** The sidebar, in order. An entry is here only when what it leads to works. */
export const places: readonly NavItem[] = [
  { label: "Overview", icon: Activity, keys: "g o", href: overviewPath },
  {
    label: "Topics",
    icon: Layers,
    keys: "g t",
    href: topicsPath,
    count: ({ cluster }) => cluster?.topicCount,
    subject: "topic",
  },
  {
    label: "Consumer groups",
    icon: Users,
    keys: "g c",
    href: groupsPath,
    count: ({ overview }) => overview?.groups,
    subject: "group",
  },
  {
    label: "Brokers",
    icon: Server,
    keys: "g b",
    href: brokersPath,
    count: ({ cluster }) => cluster?.brokers.length,
    subject: "broker",
  },
  { label: "Topology", icon: Waypoints, keys: "g y", href: topologyPath, section: "Data" },
  { label: "Alerts", icon: BellRing, keys: "g e", href: alertsPath, section: "Govern" },
  { label: "Quotas", icon: Gauge, keys: "g q", href: quotasPath, section: "Govern" },
  { label: "Transactions", icon: ArrowLeftRight, keys: "g x", href: transactionsPath, section: "Govern" },
  { label: "Jobs", icon: ListChecks, keys: "g j", href: jobsPath, section: "Govern" },
  { label: "Journal", icon: ScrollText, keys: "g l", href: journalPath, section: "Govern" },
  { label: "Settings", icon: Settings, keys: "g ,", href: settingsPath, section: "apart" },
];

/** The sidebar's groups of places, in order. */
export function navSections(): readonly { readonly heading: string | null; readonly items: readonly NavItem[] }[] {
  const order = [undefined, "Data", "Govern", "apart"] as const;
  return order
    .map((section) => ({
      heading: section === undefined || section === "apart" ? null : section,
      items: places.filter((place) => place.section === section),
    }))
    .filter(({ items }) => items.length > 0);
}

/** The worst of what is wrong at a place. */
export function markOf(place: NavItem, overview: Overview | undefined): "warn" | "bad" | null {
  // What is said of the cluster as a whole sums up many topics.
  const own =
    overview?.attention.filter(
      ({ subject }) => (subject.type === "cluster" ? "topic" : subject.type) === place.subject,
    ) ?? [];
  if (own.length === 0) return null;
  return own.some(({ severity }) => severity === "critical") ? "bad" : "warn";
}
