import { afterAll, beforeAll, expect, test } from "vitest";
import type { ResponseOf } from "../../wire/api.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DescribeConfigs } from "../../wire/apis/describe-configs.ts";
import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeJudged } from "../../testing/judges.ts";
import { apply } from "../controller/apply.ts";
import { noChanges } from "../controller/changes.ts";
import { BROKER_RESOURCE, emptyImage, TOPIC_RESOURCE } from "../controller/image.ts";
import { TestClient } from "../testing/test-client.ts";
import { BrokerConfig, ConfigSource } from "./broker-config.ts";
import { brokerConfigs, isForeignConfigName } from "./broker-configs.ts";
import { type ConfigEntry, describeBrokerConfigs, describeTopicConfigs } from "./describe-configs.ts";
import { TYPE_CODES } from "./testing/config-type-codes.ts";

type Described = ResponseOf<typeof DescribeConfigs>["results"][number]["configs"][number];
type Shown = {
  readonly type: number | undefined;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly value: string | null;
  readonly source: number;
  readonly synonyms: readonly string[];
};

/** Settings that the authorizer of Apache Kafka reads by itself: its broker does not describe them. */
const AUTHORIZER_ONLY = ["super.users", "allow.everyone.if.no.acl.found"];
/** What Apache Kafka does not have. */
const OWN = ["log.flush.policy"];
const TOPIC = "judged";

function theirs(entry: Described): Shown {
  const synonyms = entry.synonyms.map(({ name, value, source }) => `${source} ${name}=${value}`);
  const { configType: type, readOnly, isSensitive: sensitive, value, configSource: source } = entry;
  return { type, readOnly, sensitive, value, source, synonyms };
}

function ours(entry: ConfigEntry): Shown {
  const synonyms = entry.synonyms.map(({ name, value, source }) => `${source} ${name}=${value}`);
  const { readOnly, sensitive, value, source } = entry;
  return { type: TYPE_CODES[entry.type], readOnly, sensitive, value, source, synonyms };
}

/** What does not depend on how the broker was started. */
function fixed({ type, readOnly, sensitive, synonyms }: Shown): Omit<Shown, "value" | "source"> {
  return {
    type,
    readOnly,
    sensitive,
    synonyms: synonyms.filter((synonym) => synonym.startsWith(`${ConfigSource.default} `)),
  };
}

function byName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  show: (entry: Entry) => Shown,
): Record<string, Shown> {
  return Object.fromEntries(entries.map((entry) => [entry.name, show(entry)]));
}

describeJudged("the config table against Apache Kafka 4.2", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let client: TestClient;
  const config = BrokerConfig.fromTexts({ defaults: { "node.id": "1" } });

  async function described(resourceType: number, resourceName: string): Promise<readonly Described[]> {
    const resources = [{ resourceType, resourceName, configurationKeys: null }];
    const response = await client.ask(DescribeConfigs, {
      resources,
      includeSynonyms: true,
      includeDocumentation: true,
    });
    return response.results[0]?.configs ?? [];
  }

  beforeAll(async () => {
    kafka = await startApacheKafka();
    client = await TestClient.connect(kafka.bootstrap);
    await client.ask(CreateTopics, {
      topics: [
        { name: TOPIC, numPartitions: 1, replicationFactor: 1, configs: [{ name: "retention.ms", value: "1000" }] },
      ],
      timeoutMs: 10_000,
    });
  });
  afterAll(async () => {
    client.close();
    await kafka.stop();
  });

  test("a topic has the same configs with the same types, values, sources and synonyms", async () => {
    if (!(config instanceof BrokerConfig)) throw new Error("node.id alone is enough");
    const image = emptyImage();
    const set = (type: number, resourceName: string, name: string, value: string): void =>
      apply(
        image,
        { name: "ConfigRecord", version: 0, value: { resourceType: type, resourceName, name, value } },
        noChanges(),
      );
    set(TOPIC_RESOURCE, TOPIC, "retention.ms", "1000");
    set(BROKER_RESOURCE, "", "min.insync.replicas", "1");
    config.applyMetadata(image);
    expect(byName(describeTopicConfigs(image, config, TOPIC), ours)).toEqual(
      byName(await described(TOPIC_RESOURCE, TOPIC), theirs),
    );
  });

  test("a broker config that both know has the same type, default, synonyms, scope and secrecy", async () => {
    if (!(config instanceof BrokerConfig)) throw new Error("node.id alone is enough");
    const known = (await described(BROKER_RESOURCE, "1")).filter(({ name }) => Object.hasOwn(brokerConfigs, name));
    const judged = byName(known, (entry) => theirs(entry));
    const mine = byName(describeBrokerConfigs(config), (entry) => ours(entry));
    const fixedOf = (shown: Record<string, Shown>): Record<string, unknown> =>
      Object.fromEntries(Object.keys(judged).map((name) => [name, shown[name] && fixed(shown[name])]));
    expect(fixedOf(mine)).toEqual(fixedOf(judged));
  });

  test("every broker config is one of Kafka's, and Kafka's others are known to have no meaning here", async () => {
    const names = (await described(BROKER_RESOURCE, "1"))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("listener.name."));
    const visible = Object.entries(brokerConfigs).filter(([, definition]) => !definition.internal);
    expect(
      visible.map(([name]) => name).filter((name) => ![...names, ...AUTHORIZER_ONLY, ...OWN].includes(name)),
    ).toEqual([]);
    expect(names.filter((name) => !Object.hasOwn(brokerConfigs, name) && !isForeignConfigName(name))).toEqual([]);
  });
});
