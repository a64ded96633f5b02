import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareReading } from "../../client/read-records.ts";
import { startKafkaNodes, type KafkaNodes } from "../../testing/apache-kafka.ts";
import { clientFor } from "../../testing/client-suite.ts";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import { executable, type Odradek, startOdradek } from "../../testing/odradek.ts";
import { runProcess } from "../../testing/run-process.ts";
import { until } from "../../testing/until.ts";
import { compactedPicture, latestAfter, makeCompactedTopic, overwrite } from "./testing/compacted-topic.ts";
import { COMMITTED_IN_THE_END, startAgain, transact, transactionsPicture } from "./testing/transactions.ts";
import { commits, newProducer, pictureOf, sendBatch, useCluster } from "./testing/used-cluster.ts";

/** A run has up to five starts of whole clusters. */
const LIMIT_MS = 600_000;
const BATCHES = 40;
/** The cleaners look for work so often; both settings are Kafka's. */
const CLEANS_OFTEN = "log.cleaner.backoff.ms=200";

const homes: string[] = [];
const ends: (() => Promise<unknown>)[] = [];

beforeAll(prepareReading);
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  for (const directory of homes.splice(0)) rmSync(directory, { recursive: true, force: true });
});

async function up(options: Parameters<typeof startOdradek>[0]): Promise<Odradek> {
  const odradek = await startOdradek(options);
  ends.push(() => odradek.dispose());
  return odradek;
}

async function odradekSays(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(process.execPath, [executable, ...args]);
  expect(exitCode, stdout + stderr).toBe(0);
  return stdout;
}

/** Starts it on an ejected directory, with all the nodes that have settings there. */
async function startKafka(directory: string, version: "4.2" | "4.4", odradek: Odradek): Promise<KafkaNodes> {
  const brokers = readdirSync(directory).filter((name) => /^broker-\d+\.properties$/.test(name));
  const nodes = await startKafkaNodes(
    version,
    ["controller.properties", ...brokers].map((name) => join(directory, name)),
    odradek.bootstrap,
  );
  ends.push(() => nodes.stop());
  return nodes;
}

/** Names of all that is below a directory. */
const namesIn = (directory: string) => readdirSync(directory, { recursive: true, encoding: "utf8" });

/** Does with a client what `work` says. */
async function withClient<T>(
  bootstrap: string,
  work: (client: ReturnType<typeof clientFor>) => Promise<T>,
): Promise<T> {
  const client = clientFor(bootstrap);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** Brokers with these ids, each with as many log directories. */
async function upWith(ids: readonly number[], directories: number): Promise<Odradek> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "odradek-"));
  writeFileSync(join(dataDirectory, "brokers.json"), JSON.stringify({ first: ids, added: [], removed: [] }));
  for (const id of ids)
    for (let number = 2; number <= directories; number++) mkdirSync(join(dataDirectory, `broker-${id}-${number}`));
  return up({ dataDirectory, extraFlags: ["--set", CLEANS_OFTEN] });
}

/** What a user has who comes to the cluster. */
function everything(bootstrap: string) {
  return withClient(bootstrap, async (client) => ({
    cluster: await pictureOf(client),
    compacted: await compactedPicture(client),
  }));
}

/** Nothing of a broker was set aside, and each of its log directories has a share. */
function expectNoStray(directory: string, logDirectories: number): void {
  expect(namesIn(directory).filter((name) => name.includes("-stray"))).toEqual([]);
  const used = readdirSync(directory).filter((name) => /^broker-[\d-]+$/.test(name));
  expect(used).toHaveLength(logDirectories);
  for (const name of used)
    expect(namesIn(join(directory, name)), name).toContainEqual(expect.stringMatching(/-\d+\/0{20}\.log$/));
}

describeJudged("a cluster that is ejected", ["java", "mvn"], () => {
  test.each([
    { ids: [1, 2, 3], directories: 2, version: "4.2" },
    { ids: [7], directories: 1, version: "4.4" },
  ] as const)(
    "with the brokers $ids of $directories log directories goes on as Apache Kafka $version with all that it had, and is adopted with all that came there",
    async ({ ids, directories, version }) => {
      const home = mkdtempSync(join(tmpdir(), "eject-"));
      homes.push(home);
      const kafka = join(home, "kafka");
      const replicas = ids.length;
      const first = await upWith(ids, directories);
      const { bootstrap } = first;
      const { producer, last } = await withClient(bootstrap, async (client) => {
        const identity = await newProducer(client);
        await useCluster(client, identity, BATCHES);
        await makeCompactedTopic(client, replicas);
        await overwrite(client, 0);
        return { producer: identity, last: await sendBatch(client, identity, BATCHES) };
      });
      const before = await everything(bootstrap);
      expect(before.compacted).toMatchObject({ latest: latestAfter(1) });
      const ejects = ["eject", "--set", CLEANS_OFTEN];
      const early = await runProcess(process.execPath, [
        executable,
        ...ejects,
        "--data",
        first.dataDirectory,
        "--to",
        kafka,
      ]);
      expect(early.stderr, "it runs").toContain("is in use");
      await first.stop();

      const said = await odradekSays(...ejects, "--data", first.dataDirectory, "--to", kafka);
      expect(said).toContain(`${before.cluster.topics.length} topics`);
      expect(linkedSegments(kafka)).toBeGreaterThan(0);

      const nodes = await startKafka(kafka, version, first);
      expect(await everything(bootstrap)).toEqual(before);
      const transactions = await withClient(bootstrap, async (client) => {
        expect(await sendBatch(client, producer, BATCHES), "a batch sent again is no new one").toEqual(last);
        await sendBatch(client, producer, BATCHES + 1);
        expect(await commits(client, [{ topic: "orders", partition: 2, offset: 321, metadata: "" }])).toBe(true);
        await overwrite(client, 1);
        await transact(client, bootstrap, replicas);
        return transactionsPicture(client);
      });
      expect(transactions).toMatchObject({
        committed: { values: ["committed"], end: 4 },
        uncommitted: { values: ["committed", "aborted", "open", "after"], end: 6 },
        open: [{ transactionStartOffset: 4 }],
      });
      const after = await everything(bootstrap);
      expect(after.compacted).toMatchObject({ latest: latestAfter(2) });
      await askKafkasTools(bootstrap, version);
      await nodes.stop();
      expectNoStray(kafka, replicas * directories);

      const adopted = join(home, "adopted");
      await odradekSays("adopt", "--from", kafka, "--data", adopted);
      const second = await up({ dataDirectory: adopted, flags: first.flags });
      expect(await everything(bootstrap)).toEqual(after);
      await withClient(bootstrap, async (client) => {
        const end = await sendBatch(client, producer, BATCHES + 1);
        expect(await sendBatch(client, producer, BATCHES + 2)).toEqual(end.map((offset) => offset + 10));
        expect(await transactionsPicture(client), "an open transaction is open, and what was aborted is").toEqual(
          transactions,
        );
      });
      const adoptedPicture = await everything(bootstrap);
      await second.stop();
      expectNoStray(adopted, replicas * directories);

      if (replicas === 1) {
        const again = join(home, "again");
        await odradekSays(...ejects, "--data", adopted, "--to", again);
        const back = await startKafka(again, version, first);
        expect(await everything(bootstrap)).toEqual(adoptedPicture);
        await withClient(bootstrap, async (client) => {
          expect(await transactionsPicture(client)).toEqual(transactions);
          await startAgain(bootstrap);
          await until(async () => (await transactionsPicture(client)).open.length === 0);
          expect((await transactionsPicture(client)).committed.values).toEqual(COMMITTED_IN_THE_END);
        });
        await back.stop();
        expectNoStray(again, directories);
      }

      const original = await up({ dataDirectory: first.dataDirectory, flags: first.flags });
      expect(await everything(original.bootstrap)).toEqual(before);
    },
    LIMIT_MS,
  );
});

/** Kafka's own clients see what ours sees. */
async function askKafkasTools(bootstrap: string, version: "4.2" | "4.4"): Promise<void> {
  const server = ["--bootstrap-server", bootstrap];
  const [consumed, group] = await Promise.all([
    runKafkaTool(
      "consoleConsumer",
      [...server, "--topic", "orders", "--from-beginning", "--max-messages", String((BATCHES + 2) * 30 - 25)],
      { version },
    ),
    runKafkaTool("consumerGroups", [...server, "--describe", "--group", "billing"], { version }),
  ]);
  expect(consumed.exitCode, consumed.stderr).toBe(0);
  expect(consumed.stdout.trim().split("\n")).toHaveLength((BATCHES + 2) * 30 - 25);
  expect(group.stdout).toMatch(/billing\s+orders\s+0\s+123\s+420\s+297/);
}

function linkedSegments(directory: string): number {
  return namesIn(directory).filter((name) => name.endsWith(".log") && statSync(join(directory, name)).nlink > 1).length;
}
