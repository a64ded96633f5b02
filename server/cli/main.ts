import { Command } from "commander";
import { addAdoptOptions, adopt, type AdoptFlags } from "./adopt.ts";
import { down } from "./down.ts";
import { addEjectOptions, eject, type EjectFlags } from "./eject.ts";
import { status } from "./status.ts";
import { up } from "./up.ts";
import { addUpOptions, dataOption, type UpOptions } from "./up-options.ts";
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

program
  .command("version")
  .description("Print the version.")
  .action(() => {
    console.log(installedVersion());
  });

await program.parseAsync();
