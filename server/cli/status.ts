import type { PlatformStatus } from "../../lib/contracts/control.ts";
import { askPlatform } from "../console/control-client.ts";

/** `odradek status`: what runs on a data directory. Exit code 0 when it runs, 3 when nothing does (as LSB init scripts say), 1 when it cannot be told. */
export async function status({ data, json }: { readonly data: string; readonly json: boolean }): Promise<number> {
  const answer = await askPlatform(data, { command: "status" });
  if (answer === undefined) {
    console.log(json ? JSON.stringify({ running: false, dataDirectory: data }) : `Nothing runs on ${data}.`);
    return 3;
  }
  if (!answer.ok) {
    console.error(`✗ ${answer.title}\n  ${answer.detail}`);
    return 1;
  }
  console.log(json ? JSON.stringify({ running: true, ...answer.status }) : describe(answer.status));
  return 0;
}

function describe(platform: PlatformStatus): string {
  const facts: [string, string][] = [
    [
      "Odradek",
      `${platform.version}, process ${platform.processId}, since ${new Date(platform.startedAtMs).toISOString()}`,
    ],
    ["Console", platform.consoleUrl ?? "not running"],
    ["Bootstrap server", platform.bootstrapServers.join(",")],
    ["Cluster id", platform.clusterId],
    ["Data directory", platform.dataDirectory],
  ];
  const roles = platform.roles.map(({ name, state, restarts, listeners }) => {
    const addresses = listeners.map(({ name: listener, host, port }) => `${listener} ${host}:${port}`).join(", ");
    return `  ${name.padEnd(12)}${state.padEnd(12)}${addresses}${restarts > 0 ? `, restarted ${restarts} times` : ""}`;
  });
  return [...facts.map(([name, value]) => `${name.padEnd(18)}${value}`), "", ...roles].join("\n");
}
