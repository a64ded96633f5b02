import { runProcess } from "../run-process.ts";
import type { Odradek } from "../odradek.ts";
import type { SeededRandom } from "../../environment/simulated/random.ts";
import { until } from "../until.ts";

/** A process to kill. */
export type Victim = { readonly what: "platform" | "controller" | "broker"; readonly processId: number };

/** One of the processes of a running Odradek: the platform with all its threads, or, with a process for each role, any of them. */
export async function pickVictim(odradek: Odradek, random: SeededRandom): Promise<Victim> {
  const { processId } = await odradek.status();
  const childrenOf = async (entry: "controller" | "broker"): Promise<Victim[]> => {
    const { stdout } = await runProcess("pgrep", ["-P", String(processId), "-f", `/${entry}\\.js`]);
    return stdout.split("\n").flatMap((line) => (line === "" ? [] : [{ what: entry, processId: Number(line) }]));
  };
  const roles = [...(await childrenOf("controller")), ...(await childrenOf("broker"))];
  return random.pick([{ what: "platform", processId }, ...roles]);
}

/** Kills -9 and settles when everything runs again. */
export async function killAndWait(odradek: Odradek, { what, processId }: Victim): Promise<void> {
  const before = await odradek.status();
  const restartsOf = ({ roles }: typeof before) => roles.reduce((sum, { restarts }) => sum + restarts, 0);
  process.kill(processId, "SIGKILL");
  await until(async () => {
    // Nobody answers while the platform starts.
    const now = await odradek.status().catch(() => undefined);
    if (now === undefined || now.roles.some(({ state }) => state !== "running")) return false;
    return what === "platform" ? now.processId !== before.processId : restartsOf(now) > restartsOf(before);
  });
}
