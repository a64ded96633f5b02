import { type Command, Option } from "commander";
import type { EjectReport } from "../../lib/contracts/eject.ts";
import { formatBytes } from "../../lib/format.ts";
import { runEject } from "./eject-process.ts";
import { Report } from "./report.ts";
import { configOption, dataOption, directory, type FlagFile, port, setOption } from "./up-options.ts";
import { installedVersion } from "./version.ts";

/** The flags of `odradek eject`, checked. */
export type EjectFlags = {
  readonly data: string;
  readonly to: string;
  readonly copy: boolean;
  readonly host: string;
  readonly kafkaPort?: number;
  readonly internalPort?: number;
  readonly controllerPort?: number;
  readonly config: FlagFile | undefined;
  readonly set: readonly string[];
};

/** The ports of `odradek up`, where the cluster has registered none. */
const DEFAULT_PORTS = { externalPort: 9092, internalPort: 9192, controllerPort: 9190 };

/** Adds the flags of `eject` to its command. */
export function addEjectOptions(command: Command): Command {
  const portOption = (flag: string, whose: string): Option =>
    new Option(`${flag} <port>`, `port of ${whose}; as the cluster had it when absent`).argParser(port);
  return command
    .addOption(dataOption())
    .addOption(new Option("--to <directory>", "the directory to make").argParser(directory).makeOptionMandatory())
    .addOption(new Option("--copy", "share no file with the data directory, not even closed segments").default(false))
    .addOption(new Option("--host <address>", "address for clients to connect to").default("127.0.0.1"))
    .addOption(portOption("--kafka-port", "broker 1 for clients"))
    .addOption(portOption("--internal-port", "broker 1 for other brokers"))
    .addOption(portOption("--controller-port", "the controller"))
    .addOption(configOption())
    .addOption(setOption());
}

/** `odradek eject`: 0 when the directory is made, 1 when it was refused. */
export async function eject(flags: EjectFlags): Promise<number> {
  const report = new Report("text");
  const outcome = await runEject({
    type: "eject",
    options: {
      platform: {
        version: installedVersion(),
        dataDirectory: flags.data,
        brokers: 1,
        ...DEFAULT_PORTS,
        host: flags.host,
        configFile: flags.config,
        set: flags.set,
        isolation: "thread",
        logFormat: "text",
        logLevel: "error",
      },
      ports: {
        ...(flags.kafkaPort !== undefined && { external: flags.kafkaPort }),
        ...(flags.internalPort !== undefined && { internal: flags.internalPort }),
        ...(flags.controllerPort !== undefined && { controller: flags.controllerPort }),
      },
      to: flags.to,
      sharesSegments: !flags.copy,
    },
  });
  if (outcome.type === "failed") {
    report.failure(outcome);
    return 1;
  }
  report.fact(
    `Ejected ${whatOf(outcome.report)} to ${flags.to}.\n${flags.to}/README.md says how to start Apache Kafka on it.`,
  );
  leftOut(report, outcome.report);
  return 0;
}

/** What was moved, in a sentence's middle. */
export function whatOf({ clusterId, brokers, topics, partitions, sharedBytes, copiedBytes }: EjectReport): string {
  const counted = `${topics} topics with ${partitions} partitions on ${brokers.length} ${brokers.length === 1 ? "broker" : "brokers"}`;
  return `cluster ${clusterId}: ${counted} (${formatBytes(copiedBytes)} copied, ${formatBytes(sharedBytes)} shared by hard links)`;
}

/** Warns of directories that stayed behind. */
export function leftOut(report: Report, { leftOut: paths }: EjectReport): void {
  for (const path of paths) report.warning(`Left behind, because the metadata do not name it: ${path}`);
}
