import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ListOffsets } from "../wire/apis/list-offsets.ts";
import { KAFKA_STORAGE_ERROR, NONE } from "../wire/errors.ts";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";
import { TestClient } from "./testing/test-client.ts";

const DISK_BYTES = 8 * 1024 * 1024;
const BALLAST_BYTES = 4 * 1024 * 1024;
const RECORD = "r".repeat(100_000);

/** A file system of its own in memory; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), "odradek-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", path]);
  onTestFinished(() => {
    if (mounted.status === 0) spawnSync("umount", ["-l", path]);
    rmSync(path, { recursive: true, force: true });
  });
  return mounted.status === 0 ? path : undefined;
}

async function end(client: TestClient, topic: string): Promise<number> {
  const topics = [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: -1 }] }];
  const answer = await client.ask(ListOffsets, { replicaId: -1, topics });
  return answer.topics[0]?.partitions[0]?.offset ?? -1;
}

/** Produces until the disk is full; answers how many records were acknowledged. */
async function fill(client: TestClient, topic: string): Promise<number> {
  for (let count = 0; ; count++) {
    const { errorCode } = await client.produce(topic, [RECORD]);
    if (errorCode === NONE) continue;
    expect(errorCode).toBe(KAFKA_STORAGE_ERROR);
    return count;
  }
}

describe("a disk that is full", () => {
  test("takes its partitions offline, leaves those on other disks alone, and gives them back with room again", async (context) => {
    const full = smallDisk();
    if (full === undefined) return context.skip("mounting a small file system needs root");
    const other = mkdtempSync(join(tmpdir(), "odradek-other-"));
    const directory = mkdtempSync(join(tmpdir(), "odradek-cluster-"));
    const ballast = join(full, "ballast");
    writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES));
    const options = { directory, config: { "log.dirs": `${join(full, "logs")},${join(other, "logs")}` } };
    let cluster: TestCluster | undefined = await startCluster(options);
    let client = await TestClient.connect(cluster.bootstrap);
    onTestFinished(async () => {
      client.close();
      await cluster?.stop();
      rmSync(other, { recursive: true, force: true });
    });
    for (const topic of ["one", "two"]) {
      await client.createTopic(topic);
      await client.produce(topic, ["first"]);
    }
    const [doomed = "", spared = ""] = existsSync(join(full, "logs", "one-0")) ? ["one", "two"] : ["two", "one"];
    const acknowledged = 1 + (await fill(client, doomed));
    expect(acknowledged).toBeGreaterThan(10);
    expect((await client.produce(spared, ["second"])).errorCode).toBe(NONE);
    expect((await client.produce(doomed, ["x"])).errorCode).toBe(KAFKA_STORAGE_ERROR);

    client.close();
    await cluster.shutDown();
    cluster = undefined;
    rmSync(ballast);
    cluster = await startCluster(options);
    client = await TestClient.connect(cluster.bootstrap);
    expect(await end(client, doomed)).toBeGreaterThanOrEqual(acknowledged);
    expect(await end(client, spared)).toBe(2);
    expect((await client.produce(doomed, ["again"])).errorCode).toBe(NONE);
  });
});
