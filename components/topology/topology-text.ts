import type { Topology, TopologyNode } from "@/lib/contracts/topology";
import { formatRate } from "@/lib/format";

/** Text inside quotes of a mermaid label: its own marks as entities, so that no name can be read as syntax. */
export function labelText(text: string): string {
  return text.replaceAll(/[#"`<>&\\;]/g, (mark) => `#${mark.codePointAt(0)};`);
}

/** The least rate that is written at an edge: below it "0" would stand there, and say that nothing flows. */
const rateMin = 0.005;

function shape({ id, type, name, severity }: TopologyNode): string {
  const label = `"${labelText(name)}"`;
  const classes = [type, ...(severity === null ? [] : [severity])];
  // A class with a comma between is one statement for each.
  return [`${id}${type === "topic" ? `(${label})` : `[${label}]`}`, ...classes.map((own) => `class ${id} ${own}`)].join(
    "\n",
  );
}

/** The drawing in mermaid's words: data flows from left to right. */
export function topologyText({ nodes, edges }: Pick<Topology, "nodes" | "edges">): string {
  const arrows = edges.map(({ from, to, perSecond }) =>
    perSecond === null || perSecond < rateMin ? `${from} --> ${to}` : `${from} -->|"${formatRate(perSecond)}/s"| ${to}`,
  );
  return ["flowchart LR", ...nodes.map(shape), ...arrows].join("\n");
}

/** What of a topology makes another drawing: who is in it, how they are, and who is connected; not how much flows. */
export function topologyShape({ nodes, edges }: Pick<Topology, "nodes" | "edges">): string {
  return JSON.stringify([
    nodes.map(({ id, type, name, severity }) => [id, type, name, severity]),
    edges.map(({ from, to }) => [from, to]),
  ]);
}
