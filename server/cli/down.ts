import { askPlatform } from "../console/control-client.ts";

/** `odradek down`: stops everything that runs on a data directory and waits for it. Exit code 0 also when nothing ran. */
export async function down({ data }: { readonly data: string }): Promise<number> {
  const answer = await askPlatform(data, { command: "down" });
  if (answer === undefined) {
    console.log(`Nothing runs on ${data}.`);
    return 0;
  }
  if (!answer.ok) {
    console.error(`✗ ${answer.title}\n  ${answer.detail}`);
    return 1;
  }
  console.log(`Stopped what ran on ${data}.`);
  return 0;
}
