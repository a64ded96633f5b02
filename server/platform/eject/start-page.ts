import { formatBytes } from "../../../lib/format.ts";
import type { KafkaSettings } from "./kafka-settings.ts";

/** What the page of an ejected cluster tells. */
export type PageFacts = {
  readonly to: string;
  readonly clusterId: string;
  readonly settings: KafkaSettings;
  readonly sharedBytes: number;
  readonly leftOut: readonly string[];
};

/** The page (Markdown) that says how Apache Kafka is started on the directory. */
export function startPage({ to, clusterId, settings, sharedBytes, leftOut }: PageFacts): string {
  const starts = [...settings.keys()].map((name) => `bin/kafka-server-start.sh -daemon "${to}/${name}.properties"`);
  const listeners = [...settings.values()].flatMap((each) => (each["process.roles"] === "broker" ? [each] : []));
  const bootstrap = listeners.map(clientAddress).join(",");
  return [
    `# A Kafka cluster, ejected from Odradek`,
    "",
    `Cluster \`${clusterId}\`: the topics, messages, configs, group offsets and producer state of the bundled cluster, in files of Apache Kafka. It needs Apache Kafka 4.2 or newer, with Java 17 or newer. Nothing has to be formatted.`,
    "",
    "## Start it",
    "",
    "Stop Odradek, which has the same ports, and run in the directory of Apache Kafka:",
    "",
    "```sh",
    ...starts,
    "```",
    "",
    `The controller (\`controller.properties\`) comes first, then the brokers. Clients go on with \`${bootstrap}\`:`,
    "",
    "```sh",
    `bin/kafka-topics.sh --bootstrap-server ${bootstrap} --describe`,
    "```",
    "",
    "## Move it",
    "",
    "The `.properties` files name this directory and the ports. Put a node on another machine by moving its directory and its file there, and writing the new addresses into `log.dirs`, `metadata.log.dir`, `listeners` and, in every file, `controller.quorum.voters`. Listeners are on the loopback interface unless Odradek was told otherwise.",
    "",
    "## What is shared with Odradek's directory",
    "",
    ...shared(sharedBytes),
    ...(leftOut.length === 0
      ? []
      : ["", "Left behind, because the metadata do not name them:", "", ...leftOut.map((path) => `- \`${path}\``)]),
    "",
    "## The way back",
    "",
    "Stop every broker, one after the other, then the controller (`bin/kafka-server-stop.sh --node-id=1` …, with `--node-id=100` last), and take all of it into a new data directory:",
    "",
    "```sh",
    `odradek adopt --from "${to}" --data ./adopted`,
    `odradek up --data ./adopted`,
    "```",
    "",
  ].join("\n");
}

function shared(sharedBytes: number): string[] {
  if (sharedBytes === 0)
    return ["Nothing: every file was copied. Each side can be used and removed without the other."];
  return [
    `${formatBytes(sharedBytes)} of closed segments are hard links: one file with two names, which neither side writes to any more. Either side may be removed, and each deletes, compacts and appends for itself. Two things would reach the other side: a change of their owner or mode, and an unclean leader election, which may cut a segment. \`odradek eject --copy\` shares nothing.`,
  ];
}

function clientAddress(properties: Readonly<Record<string, string>>): string {
  const [first = ""] = (properties["advertised.listeners"] ?? properties["listeners"] ?? "").split(",");
  return first.slice(first.indexOf("://") + 3);
}
