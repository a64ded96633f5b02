import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AlterConfigs } from "../../wire/apis/alter-configs.ts";
import { DescribeConfigs } from "../../wire/apis/describe-configs.ts";
import { DescribeLogDirs } from "../../wire/apis/describe-log-dirs.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { ListConfigResources } from "../../wire/apis/list-config-resources.ts";
import {
  INVALID_CONFIG,
  INVALID_REQUEST,
  MESSAGE_TOO_LARGE,
  NONE,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

const TOPIC = 2;
const BROKER = 4;
const LOGGER = 8;

let cluster: TestCluster;
let client: TestClient;
beforeAll(async () => {
  cluster = await startCluster();
  client = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

async function describeOne(resourceType: number, resourceName: string, configurationKeys: string[] | null = null) {
  const resources = [{ resourceType, resourceName, configurationKeys }];
  const { results } = await client.ask(DescribeConfigs, {
    resources,
    includeSynonyms: true,
    includeDocumentation: true,
  });
  const [result] = results;
  if (result === undefined) throw new Error("no result");
  return result;
}

async function set(
  resourceType: number,
  resourceName: string,
  name: string,
  value: string | null,
  configOperation = 0,
) {
  const resources = [{ resourceType, resourceName, configs: [{ name, configOperation, value }] }];
  return (await client.ask(IncrementalAlterConfigs, { resources })).responses[0];
}

describe("DescribeConfigs", () => {
  test("tells every config of a topic with source, type, synonyms and documentation", async () => {
    await client.createTopic("described", { "max.message.bytes": "5000" });
    const { configs, errorCode } = await describeOne(TOPIC, "described");
    expect(errorCode).toBe(NONE);
    expect(configs.length).toBeGreaterThan(25);
    const limit = configs.find(({ name }) => name === "max.message.bytes");
    expect(limit).toMatchObject({
      value: "5000",
      configSource: 1,
      configType: 3,
      readOnly: false,
      isSensitive: false,
    });
    expect(limit?.synonyms[0]).toEqual({ name: "max.message.bytes", value: "5000", source: 1 });
    expect(limit?.synonyms.at(-1)).toMatchObject({ name: "message.max.bytes", value: "1048588", source: 5 });
    expect(configs.every(({ documentation }) => documentation !== null && documentation.length > 5)).toBe(true);
  });

  test("tells only the configs that are asked for", async () => {
    await client.createTopic("some");
    const { configs } = await describeOne(TOPIC, "some", ["cleanup.policy", "nothing.like.this"]);
    expect(configs.map(({ name, value }) => `${name}=${value}`)).toEqual(["cleanup.policy=delete"]);
  });

  test("tells a broker's configs to those who ask that broker", async () => {
    const { configs } = await describeOne(BROKER, "1");
    expect(configs.find(({ name }) => name === "node.id")).toMatchObject({
      value: "1",
      configSource: 4,
      readOnly: true,
    });
    expect((await describeOne(BROKER, "2")).errorCode).toBe(INVALID_REQUEST);
    expect((await describeOne(LOGGER, "1")).configs).toMatchObject([{ name: "root" }]);
    expect((await describeOne(99, "1")).errorCode).toBe(INVALID_REQUEST);
    expect((await describeOne(TOPIC, "missing")).errorCode).toBe(UNKNOWN_TOPIC_OR_PARTITION);
  });
});

describe("configs, through the controller", () => {
  test("take effect where they are set, and go back", async () => {
    await client.createTopic("changed");
    expect(await set(TOPIC, "changed", "max.message.bytes", "100")).toMatchObject({ errorCode: NONE });
    await seen(async () => (await describeOne(TOPIC, "changed", ["max.message.bytes"])).configs[0]?.value === "100");
    expect((await client.produce("changed", ["x".repeat(200)])).errorCode).toBe(MESSAGE_TOO_LARGE);
    expect(await set(TOPIC, "changed", "max.message.bytes", null, 1)).toMatchObject({ errorCode: NONE });
    await seen(
      async () => (await describeOne(TOPIC, "changed", ["max.message.bytes"])).configs[0]?.value === "1048588",
    );
    expect((await client.produce("changed", ["x".repeat(200)])).errorCode).toBe(NONE);
  });

  test("of a broker and of all brokers are told with their source", async () => {
    await set(BROKER, "", "log.retention.ms", "7000");
    await seen(async () =>
      (await describeOne(BROKER, "")).configs.some(
        ({ name, configSource }) => name === "log.retention.ms" && configSource === 3,
      ),
    );
    await set(BROKER, "1", "log.retention.ms", "8000");
    await seen(async () => (await describeOne(BROKER, "1", ["log.retention.ms"])).configs[0]?.value === "8000");
    const [entry] = (await describeOne(BROKER, "1", ["log.retention.ms"])).configs;
    expect(entry?.synonyms.slice(0, 2)).toEqual([
      { name: "log.retention.ms", value: "8000", source: 2 },
      { name: "log.retention.ms", value: "7000", source: 3 },
    ]);
  });

  test("are refused when the value or the name is bad", async () => {
    await client.createTopic("refused");
    expect(await set(TOPIC, "refused", "retention.ms", "soon")).toMatchObject({ errorCode: INVALID_CONFIG });
    expect(await set(TOPIC, "refused", "no.such.config", "1")).toMatchObject({ errorCode: INVALID_CONFIG });
    expect(await set(TOPIC, "missing", "retention.ms", "1")).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION });
  });

  test("AlterConfigs replaces all that is set", async () => {
    await client.createTopic("replaced", { "retention.ms": "5000" });
    const resources = [
      { resourceType: TOPIC, resourceName: "replaced", configs: [{ name: "cleanup.policy", value: "compact" }] },
    ];
    expect((await client.ask(AlterConfigs, { resources })).responses[0]?.errorCode).toBe(NONE);
    await seen(async () => (await describeOne(TOPIC, "replaced", ["cleanup.policy"])).configs[0]?.value === "compact");
    expect((await describeOne(TOPIC, "replaced", ["retention.ms"])).configs[0]?.configSource).not.toBe(1);
  });
});

describe("ListConfigResources", () => {
  test("names what has configs", async () => {
    await client.createTopic("resource");
    const { configResources } = await client.ask(ListConfigResources, { resourceTypes: [TOPIC, BROKER] });
    expect(configResources).toContainEqual({ resourceType: TOPIC, resourceName: "resource" });
    expect(configResources).toContainEqual({ resourceType: BROKER, resourceName: "1" });
    expect((await client.ask(ListConfigResources, { resourceTypes: [77] })).errorCode).toBe(35);
  });
});

describe("DescribeLogDirs", () => {
  test("tells sizes of partitions and of the disk", async () => {
    await client.createTopic("sized");
    await client.produce("sized", ["x".repeat(1000)]);
    const { results, errorCode } = await client.ask(DescribeLogDirs, { topics: [{ topic: "sized", partitions: [0] }] });
    expect(errorCode).toBe(NONE);
    expect(results).toHaveLength(1);
    const [directory] = results;
    expect(directory?.topics[0]?.partitions[0]?.partitionSize).toBeGreaterThan(1000);
    expect(directory?.totalBytes).toBeGreaterThan(directory?.usableBytes ?? 0);
  });
});

/** Asks until the broker has followed the metadata log so far. */
async function seen(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}
