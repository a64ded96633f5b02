import { describe, expect, test } from "vitest";
import { apply } from "../controller/apply.ts";
import { noChanges } from "../controller/changes.ts";
import { BROKER_RESOURCE, emptyImage, type MetadataImage } from "../controller/image.ts";
import { BrokerConfig, ConfigSource } from "./broker-config.ts";
import { describeBrokerConfigs, describeDefaultBrokerConfigs } from "./describe-configs.ts";
import { topicConfig } from "./topic-config.ts";

function configOf(texts: {
  readonly file?: string;
  readonly set?: readonly string[];
  readonly defaults?: Record<string, string>;
}): BrokerConfig {
  const config = BrokerConfig.fromTexts({ ...texts, defaults: { "node.id": "1", ...texts.defaults } });
  if (config instanceof BrokerConfig) return config;
  throw new Error(config.map(({ message }) => message).join("\n"));
}

function problemsOf(file: string): readonly string[] {
  const config = BrokerConfig.fromTexts({ defaults: { "node.id": "1" }, file });
  return config instanceof BrokerConfig ? [] : config.map(({ name, message }) => `${name} | ${message}`);
}

/** An image in which these broker configs are set; the resource "" is all brokers. */
function imageWith(settings: readonly (readonly [resource: string, name: string, value: string])[]): MetadataImage {
  const image = emptyImage();
  for (const [resourceName, name, value] of settings)
    apply(
      image,
      { name: "ConfigRecord", version: 0, value: { resourceType: BROKER_RESOURCE, resourceName, name, value } },
      noChanges(),
    );
  return image;
}

test("--set wins over the file, and the file over the platform's defaults", () => {
  const config = configOf({
    defaults: { "num.partitions": "2", "log.retention.hours": "1" },
    file: "num.partitions=3\nlog.retention.hours=2",
    set: ["num.partitions=4"],
  });
  expect(config.get("num.partitions")).toBe(4);
  expect(config.get("log.retention.hours")).toBe(2);
});

test("the coarser unit gives the value when the finer one is not set", () => {
  expect(configOf({}).get("log.retention.ms")).toBe(168 * 3_600_000);
  expect(configOf({ file: "log.retention.hours=1" }).get("log.retention.ms")).toBe(3_600_000);
  expect(configOf({ file: "log.retention.hours=1\nlog.retention.minutes=2" }).get("log.retention.ms")).toBe(120_000);
  expect(configOf({ file: "log.retention.hours=1\nlog.retention.ms=5" }).get("log.retention.ms")).toBe(5);
  expect(configOf({ file: "log.retention.hours=-1" }).get("log.retention.ms")).toBe(-1);
  expect(configOf({ file: "log.roll.hours=2" }).get("log.roll.ms")).toBe(7_200_000);
});

test("a broker's own dynamic value wins over the one for all brokers, and both over the file", () => {
  const config = configOf({ file: "log.retention.ms=1" });
  expect(config.applyMetadata(imageWith([["", "log.retention.ms", "2"]]))).toEqual(["log.retention.ms"]);
  expect(config.get("log.retention.ms")).toBe(2);
  expect(
    config.applyMetadata(
      imageWith([
        ["", "log.retention.ms", "2"],
        ["1", "log.retention.ms", "3"],
        ["2", "log.retention.ms", "4"],
      ]),
    ),
  ).toEqual(["log.retention.ms"]);
  expect(config.get("log.retention.ms")).toBe(3);
  expect(config.applyMetadata(emptyImage())).toEqual(["log.retention.ms"]);
  expect(config.get("log.retention.ms")).toBe(1);
});

test("a topic without settings has the cluster's", () => {
  const config = configOf({ file: "log.retention.minutes=1\nlog.cleanup.policy=compact\ncompression.type=zstd" });
  expect(topicConfig(emptyImage(), config, "orders")).toMatchObject({
    retentionMs: 60_000,
    cleanupPolicy: { delete: false, compact: true },
    compressionType: "zstd",
    compressionLevel: 3,
    retentionBytes: "unlimited",
  });
});

test("a listener's own setting wins over the general one", () => {
  const config = configOf({
    file: "sasl.enabled.mechanisms=PLAIN\nlistener.name.internal.sasl.enabled.mechanisms=SCRAM-SHA-256\nlistener.name.external.plain.sasl.jaas.config=secret",
  });
  expect(config.getForListener("INTERNAL", "sasl.enabled.mechanisms")).toEqual(["SCRAM-SHA-256"]);
  expect(config.getForListener("EXTERNAL", "sasl.enabled.mechanisms")).toEqual(["PLAIN"]);
  expect(config.getForListener("EXTERNAL", "sasl.jaas.config", "PLAIN")).toBe("secret");
});

test("listeners, voters and addresses are read from their texts", () => {
  const config = configOf({
    file: [
      "listeners=EXTERNAL://:9092,INTERNAL://[::1]:9192",
      "advertised.listeners=EXTERNAL://kafka.example:19092,INTERNAL://[::1]:9192",
      "listener.security.protocol.map=EXTERNAL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
      "inter.broker.listener.name=INTERNAL",
      "process.roles=broker",
      "controller.listener.names=CONTROLLER",
      "controller.quorum.voters=100@127.0.0.1:9190",
    ].join("\n"),
  });
  expect(config.listeners).toEqual([
    { name: "EXTERNAL", host: "", port: 9092, securityProtocol: "SASL_SSL" },
    { name: "INTERNAL", host: "::1", port: 9192, securityProtocol: "PLAINTEXT" },
  ]);
  expect(config.advertisedListeners[0]).toMatchObject({ host: "kafka.example", port: 19_092 });
  expect(config.quorumVoters).toEqual([{ id: 100, host: "127.0.0.1", port: 9190 }]);
  expect(configOf({ file: "listeners=PLAINTEXT://:9092" }).advertisedListeners[0]?.host).toBe("127.0.0.1");
});

describe("what is wrong is named with what to do", () => {
  const cases: readonly (readonly [file: string, problem: string])[] = [
    [
      "num.partitons=3",
      "num.partitons | line 1: num.partitons: there is no such setting: did you mean num.partitions?",
    ],
    [
      "retention.ms=3",
      "retention.ms | line 1: retention.ms: this is a setting of topics: for the whole cluster use log.retention.ms",
    ],
    [
      "\nzookeeper.connect=x",
      "zookeeper.connect | line 2: zookeeper.connect: Apache Kafka has this setting, but nothing here answers to it: remove it",
    ],
    ["quite.another.thing=1", "quite.another.thing | line 1: quite.another.thing: there is no such setting"],
    [
      "num.partitions=x",
      "num.partitions | line 1: Invalid value x for configuration num.partitions: Not a number of type INT",
    ],
    [
      "listeners=FOO://:9092",
      "listeners | No security protocol defined for listener FOO; add FOO:PLAINTEXT to listener.security.protocol.map",
    ],
    [
      "listeners=PLAINTEXT://:x",
      "listeners | Unable to parse PLAINTEXT://:x to a broker endpoint; write NAME://host:port",
    ],
    [
      "listeners=PLAINTEXT://:1,PLAINTEXT://:2",
      "listeners | Each listener must have a different name, listeners: [PLAINTEXT://:1, PLAINTEXT://:2]",
    ],
    ["listeners=", "listeners | Configuration 'listeners' must not be empty"],
    ["listener.security.protocol.map=X", 'listener.security.protocol.map | "X" is not of the form NAME:PROTOCOL'],
    [
      "listener.security.protocol.map=X:FOO",
      "listener.security.protocol.map | Invalid security protocol `FOO` defined in listener.security.protocol.map",
    ],
    [
      "advertised.listeners=PLAINTEXT://0.0.0.0:1",
      "advertised.listeners | advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.",
    ],
    ["advertised.listeners=SSL://h:1", "advertised.listeners | SSL is not one of the listeners"],
    [
      "process.roles=broker\ninter.broker.listener.name=X",
      "inter.broker.listener.name | X is not one of the listeners (PLAINTEXT): name the one over which brokers talk to each other",
    ],
    [
      "process.roles=broker\ncontroller.listener.names=PLAINTEXT",
      "listeners | controller.listener.names must not contain a value appearing in the 'listeners' configuration when running KRaft with just the broker role",
    ],
    [
      "controller.quorum.voters=x",
      'controller.quorum.voters | Each entry should be in the form `{id}@{host}:{port}`, and "x" is not',
    ],
    ["log.retention.ms=0", "log.retention.ms | log.retention.ms must be unlimited (-1) or, greater than or equal to 1"],
    ["log.dirs=", "log.dirs | At least one log directory must be defined via log.dirs or log.dir."],
    [
      "broker.heartbeat.interval.ms=9000",
      "broker.heartbeat.interval.ms | broker.heartbeat.interval.ms must be less than broker.session.timeout.ms, or the broker is fenced between two heartbeats",
    ],
  ];
  for (const [file, problem] of cases)
    test(`settings ${file.replaceAll("\n", " ")}`, () => {
      expect(problemsOf(file)).toContain(problem);
    });

  test("--set without a value", () => {
    const config = BrokerConfig.fromTexts({ defaults: { "node.id": "1" }, set: ["num.partitions"] });
    expect(config).toEqual([{ name: "num.partitions", message: "--set num.partitions: write --set name=value" }]);
  });

  test("a node without an id", () => {
    expect(BrokerConfig.fromTexts({})).toEqual([
      { name: "node.id", message: "Missing required configuration `node.id`" },
    ]);
  });
});

test("secrets are told by name only", () => {
  const config = configOf({
    file: "ssl.keystore.key=hunter2\nlistener.name.external.plain.sasl.jaas.config=hunter2",
  });
  const secrets = describeBrokerConfigs(config).filter(({ sensitive }) => sensitive);
  expect(secrets.map(({ name }) => name)).toContain("listener.name.external.plain.sasl.jaas.config");
  expect(JSON.stringify(secrets)).not.toContain("hunter2");
});

test("the defaults of all brokers are told without those of one", () => {
  const config = configOf({ file: "log.retention.ms=1" });
  config.applyMetadata(
    imageWith([
      ["", "log.retention.ms", "2"],
      ["1", "num.io.threads", "3"],
    ]),
  );
  expect(describeDefaultBrokerConfigs(config)).toMatchObject([
    {
      name: "log.retention.ms",
      value: "2",
      source: ConfigSource.dynamicDefault,
      synonyms: [{ name: "log.retention.ms", value: "2" }],
    },
  ]);
});
