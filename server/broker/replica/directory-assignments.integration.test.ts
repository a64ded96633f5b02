import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

const TOPIC = "spread";
const PARTITIONS = 4;

let cluster: TestCluster;
let disks: readonly string[];

beforeAll(async () => {
  disks = [1, 2].map(() => mkdtempSync(join(tmpdir(), "odradek-disk-")));
  cluster = await startCluster({ config: { "log.dirs": disks.join(",") } });
});
afterAll(async () => {
  await cluster.stop();
  for (const disk of disks) rmSync(disk, { recursive: true });
});

/** directory.id of a log directory. */
function idOf(disk: string): string | undefined {
  return /^directory\.id=(\S+)$/m.exec(readFileSync(join(disk, "meta.properties"), "utf8"))?.[1];
}

test("the controller learns in which of its directories a broker keeps each replica", async () => {
  const client = await TestClient.connect(cluster.bootstrap);
  await client.createTopic(TOPIC, {}, PARTITIONS);
  client.close();
  const ids = disks.map(idOf);
  const known = () => {
    const partitions = cluster.controller.controller.image.topicsByName.get(TOPIC)?.partitions ?? [];
    return partitions.map(({ directories }) => directories[0]);
  };
  // A log gets its directory when it is first used.
  for (let partition = 0; partition < PARTITIONS; partition++)
    cluster.brokers[0]?.services.replicas.leader({ topic: TOPIC, partition });
  await until(() => known().every((id) => ids.includes(id)));
  for (const id of ids) expect(known().filter((other) => other === id)).toHaveLength(PARTITIONS / 2);
});
