import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
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
import { commits, newProducer, pictureOf, sendBatch, useCluster } from "./testing/used-cluster.ts";

/** A run has three starts of whole clusters. */
const LIMIT_MS = 600_000;
const BATCHES = 40;

const directories: string[] = [];
const ends: (() => Promise<unknown>)[] = [];

beforeAll(prepareReading);
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
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

async function startKafka(directory: string, version: "4.2" | "4.4", odradek: Odradek): Promise<KafkaNodes> {
  const brokers = odradek.bootstrap.split(",").map((_, index) => join(directory, `broker-${index + 1}.properties`));
  const nodes = await startKafkaNodes(
    version,
    [join(directory, "controller.properties"), ...brokers],
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

describeJudged("a cluster that is ejected", ["java", "mvn"], () => {
  for (const { brokers, version } of [
    { brokers: 3, version: "4.2" },
    { brokers: 1, version: "4.4" },
  ] as const) {
    test(
      `of ${brokers} goes on as Apache Kafka ${version} with all that it had, and is adopted with all that came there`,
      async () => {
        const home = mkdtempSync(join(tmpdir(), "eject-"));
        directories.push(home);
        const kafka = join(home, "kafka");
        const first = await up({ extraFlags: [`--brokers=${brokers}`] });
        const { producer, before, last } = await withClient(first.bootstrap, async (client) => {
          const identity = await newProducer(client);
          await useCluster(client, identity, BATCHES);
          const offsets = await sendBatch(client, identity, BATCHES);
          return { producer: identity, before: await pictureOf(client), last: offsets };
        });
        const early = await runProcess(process.execPath, [
          executable,
          "eject",
          "--data",
          first.dataDirectory,
          "--to",
          kafka,
        ]);
        expect(early.stderr, "it runs").toContain("is in use");
        await first.stop();

        const said = await odradekSays("eject", "--data", first.dataDirectory, "--to", kafka);
        expect(said).toContain(`${before.topics.length} topics`);
        expect(linkedSegments(kafka)).toBeGreaterThan(0);

        const nodes = await startKafka(kafka, version, first);
        const after = await withClient(first.bootstrap, async (client) => {
          expect(await pictureOf(client)).toEqual(before);
          expect(await sendBatch(client, producer, BATCHES), "a batch sent again is no new one").toEqual(last);
          await sendBatch(client, producer, BATCHES + 1);
          expect(await commits(client, [{ topic: "orders", partition: 2, offset: 321, metadata: "" }])).toBe(true);
          return pictureOf(client);
        });
        await askKafkasTools(first.bootstrap, version);
        await nodes.stop();
        expect(namesIn(kafka).filter((name) => name.includes("-stray"))).toEqual([]);

        const adopted = join(home, "adopted");
        await odradekSays("adopt", "--from", kafka, "--data", adopted);
        const second = await up({ dataDirectory: adopted, flags: first.flags });
        await withClient(second.bootstrap, async (client) => {
          expect(await pictureOf(client)).toEqual(after);
          const end = await sendBatch(client, producer, BATCHES + 1);
          expect(await sendBatch(client, producer, BATCHES + 2)).toEqual(end.map((offset) => offset + 10));
        });
        await second.stop();
        expect(namesIn(adopted).filter((name) => name.includes("-stray"))).toEqual([]);

        const original = await up({ dataDirectory: first.dataDirectory, flags: first.flags });
        await withClient(original.bootstrap, async (client) => expect(await pictureOf(client)).toEqual(before));
      },
      LIMIT_MS,
    );
  }
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
