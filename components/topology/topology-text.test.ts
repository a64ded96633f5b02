import { expect, test } from "vitest";
import { labelText, topologyShape, topologyText } from "@/components/topology/topology-text";
import type { Topology } from "@/lib/contracts/topology";

const drawing: Pick<Topology, "nodes" | "edges"> = {
  nodes: [
    { id: "n0", type: "topic", name: "orders", severity: null, detail: "", source: "Metadata" },
    { id: "n1", type: "group", name: "billing", severity: "warning", detail: "", source: "DescribeGroups" },
  ],
  edges: [{ from: "n0", to: "n1", perSecond: 12_400, source: "OffsetFetch" }],
};

test("topics are round, groups are not, and trouble is a class", () => {
  expect(topologyText(drawing).split("\n")).toEqual([
    "flowchart LR",
    'n0("orders")',
    "class n0 topic",
    'n1["billing"]',
    "class n1 group",
    "class n1 warning",
    'n0 -->|"12.4k/s"| n1',
  ]);
});

test("an edge whose rate is not known, or next to nothing, has no label", () => {
  const [edge] = drawing.edges;
  const lines = (perSecond: number | null) =>
    topologyText({ nodes: [], edges: edge ? [{ ...edge, perSecond }] : [] }).split("\n");
  expect(lines(null)).toEqual(["flowchart LR", "n0 --> n1"]);
  expect(lines(0)).toEqual(["flowchart LR", "n0 --> n1"]);
});

test("no name of a group can be read as syntax", () => {
  expect(labelText('a"];click x "javascript:1"')).toBe("a#34;]#59;click x #34;javascript:1#34;");
  expect(labelText("`b` <i>#1</i>")).toBe("#96;b#96; #60;i#62;#35;1#60;/i#62;");
});

test("a drawing is another when who is in it changes, and the same when only rates do", () => {
  const [edge] = drawing.edges;
  const faster = { ...drawing, edges: edge ? [{ ...edge, perSecond: 1 }] : [] };
  expect(topologyShape(faster)).toBe(topologyShape(drawing));
  expect(topologyShape({ ...drawing, edges: [] })).not.toBe(topologyShape(drawing));
});
