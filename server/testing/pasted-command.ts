import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kafkaTools, quickJvm } from "./kafka-tool.ts";
import { kafkaClasspath } from "./maven.ts";
import { type Finished, runProcess } from "./run-process.ts";

/** The scripts that Kafka's own distribution has, by the class behind each. */
const scripts = {
  "kafka-configs.sh": kafkaTools.configs,
  "kafka-leader-election.sh": kafkaTools.leaderElection,
  "kafka-reassign-partitions.sh": kafkaTools.reassignPartitions,
} as const;

/** Runs a command as somebody pastes it into a shell, in an empty directory, with Kafka 4.2's scripts in the PATH. Throws when it fails. */
export async function runPasted(command: string): Promise<Finished> {
  const classpath = await kafkaClasspath("4.2");
  const directory = mkdtempSync(join(tmpdir(), "pasted-"));
  try {
    for (const [name, main] of Object.entries(scripts)) {
      const file = join(directory, name);
      writeFileSync(file, `#!/bin/sh\nexec java ${quickJvm.join(" ")} -cp '${classpath}' ${main} "$@"\n`);
      chmodSync(file, 0o755);
    }
    const env = { PATH: `${directory}:${process.env.PATH ?? ""}` };
    const finished = await runProcess("sh", ["-e", "-c", command], { cwd: directory, env });
    if (finished.exitCode !== 0)
      throw new Error(`${command}\nended with ${finished.exitCode}:\n${finished.stdout}${finished.stderr}`);
    return finished;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
