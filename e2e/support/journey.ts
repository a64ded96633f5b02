import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, type Response, test as base } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { type ApacheKafka, startApacheKafka } from "../../server/testing/apache-kafka.ts";
import { missingJudges } from "../../server/testing/judges-present.ts";
import { type Odradek, startOdradek } from "../../server/testing/odradek.ts";

/** A console in front of a cluster, both started for one journey file. */
export type Stage = {
  readonly consoleUrl: string;
  readonly bootstrap: string;
  /** First segment of the console's addresses. */
  readonly cluster: string;
  readonly odradek: Odradek;
};

/** Journeys on the bundled cluster. */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({}, provide) => {
      const odradek = await startOdradek({ isConsoleOn: true });
      await provide({ consoleUrl: odradek.consoleUrl, bootstrap: odradek.bootstrap, cluster: "local", odradek });
      await odradek.dispose();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ stage }, provide) => provide(stage.consoleUrl),
  context: async ({ context }, provide) => provide(waitingForAwakePages(context)),
});

/** The same on a real Apache Kafka. Without its judges the journeys are skipped; with CI=true that is a failure. */
export const testOnApacheKafka = base.extend<object, { kafka: ApacheKafka; stage: Stage }>({
  kafka: [
    async ({}, provide) => {
      // Its cleaner looks for something to compact without the pause of a server.
      const kafka = await startApacheKafka({ properties: { "log.cleaner.backoff.ms": "200" } });
      await provide(kafka);
      await kafka.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  stage: [
    async ({ kafka }, provide) => {
      const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--bootstrap-server", kafka.bootstrap] });
      await provide({ consoleUrl: odradek.consoleUrl, bootstrap: kafka.bootstrap, cluster: "cluster", odradek });
      await odradek.dispose();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ stage }, provide) => provide(stage.consoleUrl),
  context: async ({ context }, provide) => provide(waitingForAwakePages(context)),
});

/**
 * Pages that are opened or loaded again in it are given when they hear keys and clicks: one that the server has drawn shows them before, and loses
 * what a journey, quicker than a person, presses there.
 */
function waitingForAwakePages(context: BrowserContext): BrowserContext {
  context.on("page", (page) => {
    const awake = async (answer: Response | null) => {
      if (answer?.headers()["content-type"]?.startsWith("text/html")) await page.waitForFunction(isAwake);
      return answer;
    };
    const goto = page.goto.bind(page);
    page.goto = async (url, options) => awake(await goto(url, options));
    const reload = page.reload.bind(page);
    page.reload = async (options) => awake(await reload(options));
  });
  return context;
}

/**
 * Runs in the page: whether React has taken over all that the server has drawn. The frame of a page wakes before what stands in it, which may still
 * come, and then hears no keys. What is taken over has React's properties.
 */
function isAwake(): boolean {
  const isTaken = (control: Element) => Object.keys(control).some((key) => key.startsWith("__reactProps"));
  const isWhole = document.querySelector('template[id^="B:"]') === null;
  const controls = [...document.querySelectorAll("button, input, textarea, a:not(svg a)")];
  return document.documentElement.dataset.awake !== undefined && isWhole && controls.every(isTaken);
}

/** Why journeys on Apache Kafka cannot run here; undefined when they can, or must (CI). */
export function apacheKafkaIsMissing(): string | undefined {
  const missing = missingJudges(["java", "mvn"]);
  return missing.length === 0 || process.env.CI ? undefined : `${missing.join(", ")} not installed`;
}

/**
 * Makes a topic and writes values to it as an application would, each once, with a millisecond of its own from the one that is returned on. The
 * producer is idempotent: a plain one of kafkajs writes again what a broker that has not heard of all partitions yet refused in part.
 */
export async function seed(
  bootstrap: string,
  topic: string,
  values: readonly string[],
  partitions = 3,
): Promise<number> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const startMs = Date.now() - values.length;
  await producer.send({
    topic,
    messages: values.map((value, index) => ({
      key: `key-${index % 5}`,
      value,
      headers: { source: "seed" },
      timestamp: String(startMs + index),
    })),
  });
  await producer.disconnect();
  return startMs;
}

/** Commits an offset of one partition for a group. */
export async function commitAt(
  bootstrap: string,
  groupId: string,
  { topic, ...place }: { readonly topic: string; readonly partition: number; readonly offset: string },
): Promise<void> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.setOffsets({ groupId, topic, partitions: [place] });
  await admin.disconnect();
}

/** Commits the first offset of each partition for a group, as one that has read nothing yet. */
export async function commitFirst(bootstrap: string, groupId: string, topic: string): Promise<void> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => ({ partition, offset: low }));
  await admin.setOffsets({ groupId, topic, partitions });
  await admin.disconnect();
}

/** A running consumer, to be stopped by whoever started it. */
export type Reader = { stop(): Promise<void> };

/** Reads a topic from its beginning as an application would, and commits every half second. Settles when it has its partitions. */
export async function startReader(
  bootstrap: string,
  { groupId, topic, clientId }: { readonly groupId: string; readonly topic: string; readonly clientId: string },
): Promise<Reader> {
  const kafka = new Kafka({ clientId, brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ autoCommitInterval: 500, eachMessage: () => Promise.resolve() });
  await joined;
  return { stop: () => consumer.disconnect() };
}

/** Writes values to a topic that is there. Idempotent, so that Kafka knows the producer by its id. */
export async function produce(bootstrap: string, topic: string, values: readonly string[]): Promise<void> {
  const kafka = new Kafka({ clientId: "producer", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic, messages: values.map((value, index) => ({ key: `key-${index % 5}`, value })) });
  await producer.disconnect();
}

/** Deletes a topic behind the console's back. */
export async function deleteTopic(bootstrap: string, topic: string): Promise<void> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}

/** Expects axe to find nothing on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual([]);
}

/** What the page has put on the clipboard, once it matches: copying goes on after the click. */
export async function copied(page: Page, pattern: RegExp): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).toMatch(pattern);
  return read();
}

export { expect };
