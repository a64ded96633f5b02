import { Command } from "commander";
import { addAdoptOptions, adopt, type AdoptFlags } from "./adopt.ts";
import { addBroker, listBrokers, listConnections, removeBroker, startBroker, stopBroker } from "./brokers.ts";
import { down } from "./down.ts";
import { addEjectOptions, eject, type EjectFlags } from "./eject.ts";
import { status } from "./status.ts";
import { up } from "./up.ts";
import { addUpOptions, brokerId, dataOption, type UpOptions } from "./up-options.ts";
import { installedVersion } from "./version.ts";

const program = new Command("odradek")
  .description("A browser console for Apache Kafka, with a bundled Kafka-compatible platform.")
  .version(installedVersion(), "--version", "print the version")
  .showHelpAfterError("(--help shows what there is)");

addUpOptions(program.command("up").description("Start the platform and the console, and stay until Ctrl-C.")).action(
  async (options: UpOptions) => {
    process.exit(await up(options));
  },
);

program
  .command("down")
  .description("Stop what runs on a data directory.")
  .addOption(dataOption())
  .action(async (options: { readonly data: string }) => {
    process.exitCode = await down(options);
  });

program
  .command("status")
  .description("Show what runs on a data directory.")
  .addOption(dataOption())
  .option("--json", "as one JSON object", false)
  .action(async (options: { readonly data: string; readonly json: boolean }) => {
    process.exitCode = await status(options);
  });

addEjectOptions(
  program.command("eject").description("Make a directory on which Apache Kafka starts, from a stopped cluster."),
).action(async (flags: EjectFlags) => {
  process.exitCode = await eject(flags);
});

addAdoptOptions(
  program.command("adopt").description("Take a stopped cluster of Apache Kafka 4.x into a new data directory."),
).action(async (flags: AdoptFlags) => {
  process.exitCode = await adopt(flags);
});

const brokers = program.command("brokers").description("The brokers of a platform that runs.");

brokers
  .command("list")
  .description("Show the brokers.")
  .addOption(dataOption())
  .option("--json", "as one JSON object", false)
  .action(async (options: { readonly data: string; readonly json: boolean }) => {
    process.exitCode = await listBrokers(options);
  });

brokers
  .command("connections")
  .description("Show who is connected to a broker.")
  .argument("<id>", "its node id", brokerId)
  .addOption(dataOption())
  .option("--json", "as one JSON array", false)
  .action(async (id: number, options: { readonly data: string; readonly json: boolean }) => {
    process.exitCode = await listConnections(id, options);
  });

brokers
  .command("add")
  .description("Bring one more broker into the cluster.")
  .addOption(dataOption())
  .action(async (options: { readonly data: string }) => {
    process.exitCode = await addBroker(options);
  });

brokers
  .command("remove")
  .description("Take an empty broker out of the cluster for good.")
  .argument("<id>", "its node id", brokerId)
  .option("--drain", "move its replicas to the others first", false)
  .addOption(dataOption())
  .action(async (id: number, options: { readonly data: string; readonly drain: boolean }) => {
    process.exitCode = await removeBroker(id, options);
  });

brokers
  .command("stop")
  .description("Stop a broker in order; it stays a member of the cluster.")
  .argument("<id>", "its node id", brokerId)
  .addOption(dataOption())
  .action(async (id: number, options: { readonly data: string }) => {
    process.exitCode = await stopBroker(id, options);
  });

brokers
  .command("start")
  .description("Start a broker that was stopped.")
  .argument("<id>", "its node id", brokerId)
  .addOption(dataOption())
  .action(async (id: number, options: { readonly data: string }) => {
    process.exitCode = await startBroker(id, options);
  });

program
  .command("version")
  .description("Print the version.")
  .action(() => {
    console.log(installedVersion());
  });

await program.parseAsync();
