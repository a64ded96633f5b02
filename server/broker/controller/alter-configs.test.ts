import { describe, expect, test } from "vitest";
import { alterConfigs, AlterOperation, replacing, type ConfigAlteration } from "./alter-configs.ts";
import { fenceBroker } from "./broker-lifecycle.ts";
import { BROKER_RESOURCE, CLIENT_METRICS_RESOURCE, configsOf, GROUP_RESOURCE, TOPIC_RESOURCE } from "./image.ts";
import { World } from "./testing/world.ts";

type Operation = keyof typeof AlterOperation;

function alteration(
  resourceType: number,
  resourceName: string,
  ...configs: readonly (readonly [Operation, string, string | null])[]
): ConfigAlteration {
  return {
    resourceType,
    resourceName,
    configs: configs.map(([operation, name, value]) => ({ name, value, configOperation: AlterOperation[operation] })),
  };
}

function worldWithTopic(configs: Readonly<Record<string, string>> = {}): World {
  const world = new World().brokers(1);
  world.topic("t", [[1]], configs);
  return world;
}

function settings(world: World, type = TOPIC_RESOURCE, name = "t"): Record<string, string> {
  return Object.fromEntries(configsOf(world.image, { type, name }));
}

describe("configs are refused with Kafka's code and words", () => {
  const cases: readonly (readonly [alteration: ConfigAlteration, errorCode: number, errorMessage: string])[] = [
    [alteration(TOPIC_RESOURCE, "nope", ["set", "retention.ms", "1"]), 3, "The topic 'nope' does not exist."],
    [alteration(TOPIC_RESOURCE, "", ["set", "retention.ms", "1"]), 42, "Default topic resources are not allowed."],
    [alteration(TOPIC_RESOURCE, "t", ["set", "foo", "1"]), 40, "Unknown topic config name: foo"],
    [
      alteration(TOPIC_RESOURCE, "t", ["set", "retention.ms", "x"]),
      40,
      "Invalid value x for configuration retention.ms: Not a number of type LONG",
    ],
    [alteration(TOPIC_RESOURCE, "t", ["set", "retention.ms", null]), 42, "Null value not supported for : retention.ms"],
    [
      alteration(TOPIC_RESOURCE, "t", ["append", "retention.ms", "1"]),
      40,
      "Can't APPEND to key retention.ms because its type is not LIST.",
    ],
    [
      alteration(TOPIC_RESOURCE, "t", ["subtract", "retention.ms", "1"]),
      40,
      "Can't SUBTRACT to key retention.ms because its type is not LIST.",
    ],
    [
      alteration(TOPIC_RESOURCE, "t", ["append", "cleanup.policy", "foo"]),
      40,
      "Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete",
    ],
    [
      alteration(TOPIC_RESOURCE, "t", ["set", "retention.ms", "1"], ["delete", "retention.ms", null]),
      42,
      "Error due to duplicate config keys",
    ],
    [
      alteration(BROKER_RESOURCE, "1", ["set", "num.partitions", "3"]),
      42,
      "Cannot update these configs dynamically: Set(num.partitions)",
    ],
    [
      alteration(BROKER_RESOURCE, "abc", ["set", "log.retention.ms", "3"]),
      42,
      "Unable to parse broker name as a base 10 number.",
    ],
    [
      alteration(BROKER_RESOURCE, "1", ["set", "message.max.bytes", "x"]),
      42,
      "Invalid value x for configuration message.max.bytes: Not a number of type INT",
    ],
    [
      alteration(BROKER_RESOURCE, "1", ["set", "min.insync.replicas", "1"]),
      40,
      "Broker-level min.insync.replicas cannot be altered while ELR is enabled.",
    ],
    [
      alteration(BROKER_RESOURCE, "", ["delete", "min.insync.replicas", null]),
      40,
      "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.",
    ],
    [alteration(GROUP_RESOURCE, "", ["set", "x", "1"]), 42, "Default group resources are not allowed."],
    [alteration(99, "x", ["set", "x", "1"]), 42, "Unsupported resource type: 99"],
  ];
  const world = worldWithTopic();
  test.each(cases)("%j", (asked, errorCode, errorMessage) => {
    expect(alterConfigs(world.view, [asked], false)).toMatchObject({
      records: [],
      response: [{ errorCode, errorMessage }],
    });
  });

  test("an operation that is not one", () => {
    const asked = {
      resourceType: TOPIC_RESOURCE,
      resourceName: "t",
      configs: [{ name: "retention.ms", configOperation: 9, value: "1" }],
    };
    expect(alterConfigs(world.view, [asked], false).response).toMatchObject([{ errorCode: 42 }]);
  });

  test("a resource twice", () => {
    const asked = alteration(TOPIC_RESOURCE, "t", ["set", "retention.ms", "1"]);
    expect(alterConfigs(world.view, [asked, asked], false).response).toMatchObject([
      { errorCode: 42 },
      { errorCode: 42 },
    ]);
  });
});

test("settings are set and deleted; what stays the same writes nothing", () => {
  const world = worldWithTopic({ "retention.ms": "1" });
  const asked = alteration(
    TOPIC_RESOURCE,
    "t",
    ["set", "retention.ms", "1"],
    ["set", "segment.ms", "5"],
    ["delete", "max.message.bytes", null],
  );
  const { records } = alterConfigs(world.view, [asked], false);
  expect(world.apply(records)).toMatchObject([{ name: "ConfigRecord", value: { name: "segment.ms", value: "5" } }]);
  world.take(alterConfigs(world.view, [alteration(TOPIC_RESOURCE, "t", ["delete", "retention.ms", null])], false));
  expect(settings(world)).toEqual({ "segment.ms": "5" });
});

test("a list grows from what is in force, without doubles, and may become empty", () => {
  const world = worldWithTopic();
  const take = (operation: Operation, value: string): void => {
    world.take(
      alterConfigs(world.view, [alteration(TOPIC_RESOURCE, "t", [operation, "cleanup.policy", value])], false),
    );
  };
  take("append", "compact");
  expect(settings(world)["cleanup.policy"]).toBe("delete,compact");
  take("append", "compact,delete");
  expect(settings(world)["cleanup.policy"]).toBe("delete,compact");
  take("subtract", "delete");
  expect(settings(world)["cleanup.policy"]).toBe("compact");
  take("subtract", "compact");
  expect(settings(world)["cleanup.policy"]).toBe("");
});

test("a validation makes every check and writes nothing", () => {
  const world = worldWithTopic();
  const { records, response } = alterConfigs(
    world.view,
    [alteration(TOPIC_RESOURCE, "t", ["set", "retention.ms", "1"])],
    true,
  );
  expect({ records, response }).toMatchObject({ records: [], response: [{ errorCode: 0 }] });
});

test("a replacing change resets what it does not name", () => {
  const world = worldWithTopic({ "retention.ms": "1", "segment.ms": "5" });
  const configs = [{ name: "retention.ms", value: "2" }];
  world.take(
    alterConfigs(
      world.view,
      [replacing(world.view, { resourceType: TOPIC_RESOURCE, resourceName: "t", configs })],
      false,
    ),
  );
  expect(settings(world)).toEqual({ "retention.ms": "2" });
});

test("a replacing change of all brokers keeps min.insync.replicas, which eligible leader replicas need", () => {
  const world = worldWithTopic();
  const configs = [{ name: "log.retention.ms", value: "2" }];
  world.take(
    alterConfigs(
      world.view,
      [replacing(world.view, { resourceType: BROKER_RESOURCE, resourceName: "", configs })],
      false,
    ),
  );
  expect(settings(world, BROKER_RESOURCE, "")).toEqual({ "min.insync.replicas": "1", "log.retention.ms": "2" });
});

test("another min.insync.replicas makes the eligible leader replicas be forgotten", () => {
  const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2);
  world.topic("t", [[1, 2]]);
  world.apply(fenceBroker(world.view, world.broker(2)));
  expect(world.state("t")).toBe("leader 1 isr 1 elr 2 last ");
  const { records } = alterConfigs(
    world.view,
    [alteration(TOPIC_RESOURCE, "t", ["set", "min.insync.replicas", "1"])],
    false,
  );
  expect(world.apply(records).map(({ name }) => name)).toEqual(["ConfigRecord", "ClearElrRecord"]);
  expect(world.state("t")).toBe("leader 1 isr 1 elr  last ");
});

test("groups and client metrics take their settings", () => {
  const world = worldWithTopic();
  const asked = [
    alteration(GROUP_RESOURCE, "g", ["set", "consumer.session.timeout.ms", "50000"]),
    alteration(CLIENT_METRICS_RESOURCE, "m", ["set", "interval.ms", "1000"]),
  ];
  expect(world.take(alterConfigs(world.view, asked, false))).toMatchObject([{ errorCode: 0 }, { errorCode: 0 }]);
  expect(settings(world, GROUP_RESOURCE, "g")).toEqual({ "consumer.session.timeout.ms": "50000" });
});
