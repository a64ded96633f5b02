import { type Command, Option } from "commander";
import { leftOut, whatOf } from "./eject.ts";
import { runEject } from "./eject-process.ts";
import { Report } from "./report.ts";
import { dataOption, directory } from "./up-options.ts";

/** The flags of `odradek adopt`, checked. */
export type AdoptFlags = { readonly data: string; readonly from: readonly string[]; readonly copy: boolean };

/** Adds the flags of `adopt` to its command. */
export function addAdoptOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--from <directory...>", "log directories of every node, or what holds them; may be repeated")
        .argParser((text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), directory(text)])
        .makeOptionMandatory(),
    )
    .addOption(dataOption())
    .addOption(new Option("--copy", "share no file with Kafka's directories, not even closed segments").default(false));
}

/** `odradek adopt`: 0 when the cluster is taken over, 1 when it was refused. */
export async function adopt({ data, from, copy }: AdoptFlags): Promise<number> {
  const report = new Report("text");
  const outcome = await runEject({
    type: "adopt",
    options: { dataDirectory: data, from, sharesSegments: !copy },
  });
  if (outcome.type === "failed") {
    report.failure(outcome);
    return 1;
  }
  report.fact(
    `Adopted ${whatOf(outcome.report)} into ${data}.\nStart it with: odradek up --data ${data}\nSettings of the old server.properties files are not taken over: give those that matter with --config or --set.`,
  );
  leftOut(report, outcome.report);
  return 0;
}
