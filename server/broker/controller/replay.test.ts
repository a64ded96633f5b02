import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AccessControlEntryRecord } from "../../wire/records/metadata/access-control-entry-record.ts";
import { ClientQuotaRecord } from "../../wire/records/metadata/client-quota-record.ts";
import { DelegationTokenRecord } from "../../wire/records/metadata/delegation-token-record.ts";
import { RegisterControllerRecord } from "../../wire/records/metadata/register-controller-record.ts";
import { RemoveAccessControlEntryRecord } from "../../wire/records/metadata/remove-access-control-entry-record.ts";
import { decodeMetadataRecord } from "../../wire/records/metadata/table.ts";
import { UserScramCredentialRecord } from "../../wire/records/metadata/user-scram-credential-record.ts";
import { alterConfigs, AlterOperation } from "./alter-configs.ts";
import { allocateProducerIds } from "./allocate-producer-ids.ts";
import { apply } from "./apply.ts";
import { beginControlledShutdown, fenceBroker, leaveUncleanly } from "./broker-lifecycle.ts";
import { isActive } from "./broker-state.ts";
import { changesBetween, noChanges } from "./changes.ts";
import { createPartitions } from "./create-partitions.ts";
import { createTopics } from "./create-topics.ts";
import { deleteTopics } from "./delete-topics.ts";
import { electLeaders, rebalanceLeaders } from "./elect-leaders.ts";
import { imageRecords } from "./image-records.ts";
import { emptyImage, NO_LEADER, TOPIC_RESOURCE, type MetadataImage, type MutableImage } from "./image.ts";
import { newRecord, type NewMetadataRecord } from "./new-record.ts";
import { World } from "./testing/world.ts";

const BROKERS = 4;
const TOPICS = 3;

const step = fc.oneof(
  fc.record({
    kind: fc.constant("create"),
    topic: fc.nat(TOPICS - 1),
    partitions: fc.integer({ min: 1, max: 3 }),
    factor: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("grow"), topic: fc.nat(TOPICS - 1), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant("delete"), topic: fc.nat(TOPICS - 1) }),
  fc.record({
    kind: fc.constant("configure"),
    topic: fc.nat(TOPICS - 1),
    name: fc.constantFrom("min.insync.replicas", "unclean.leader.election.enable"),
    value: fc.constantFrom("1", "2", "true", "false", null),
  }),
  fc.record({
    kind: fc.constantFrom("register", "unfence", "fence", "shutDown", "crash", "ids"),
    broker: fc.integer({ min: 1, max: BROKERS }),
  }),
  fc.record({ kind: fc.constantFrom("prefer", "unclean") }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function take(world: World, next: Step): void {
  const { view, random } = world;
  const topic = "topic" in next ? `topic-${next.topic}` : "";
  const broker = "broker" in next ? world.image.brokers.get(next.broker) : undefined;
  if ("partitions" in next) {
    const asked = {
      name: topic,
      numPartitions: next.partitions,
      replicationFactor: next.factor,
      assignments: [],
      configs: [],
    };
    world.take(createTopics(view, { topics: [asked], validateOnly: false }, random));
  } else if ("count" in next) {
    world.take(
      createPartitions(
        view,
        { topics: [{ name: topic, count: next.count, assignments: null }], validateOnly: false },
        random,
      ),
    );
  } else if ("value" in next) {
    const { name, value } = next;
    const configs = [{ name, value, configOperation: value === null ? AlterOperation.delete : AlterOperation.set }];
    world.take(alterConfigs(view, [{ resourceType: TOPIC_RESOURCE, resourceName: topic, configs }], false));
  } else if ("topic" in next) {
    world.take(deleteTopics(view, { topics: [], topicNames: [topic] }, () => true));
  } else if (next.kind === "prefer") {
    world.apply(rebalanceLeaders(view));
  } else if (next.kind === "unclean") {
    world.take(electLeaders(view, { electionType: 1, topicPartitions: null }));
  } else if (next.kind === "register" && "broker" in next) {
    if (broker !== undefined) world.apply(leaveUncleanly(view, broker, true));
    world.register(next.broker);
  } else if (broker !== undefined) {
    if (next.kind === "unfence" && broker.fenced) world.unfence(broker.id);
    if (next.kind === "fence" && !broker.fenced) world.apply(fenceBroker(view, broker));
    if (next.kind === "shutDown" && isActive(broker)) world.apply(beginControlledShutdown(view, broker));
    if (next.kind === "crash")
      world.apply([...leaveUncleanly(view, broker, true), ...(broker.fenced ? [] : fenceBroker(view, broker))]);
    if (next.kind === "ids") world.take(allocateProducerIds(view, { brokerId: broker.id, brokerEpoch: broker.epoch }));
  }
}

function imageOf(records: Iterable<NewMetadataRecord>): MutableImage {
  const image = emptyImage();
  for (const record of records) apply(image, decodeMetadataRecord(record), noChanges());
  return image;
}

/** All of an image but where it stands in the log. */
function content(image: MetadataImage): Omit<MetadataImage, "provenance"> {
  const { provenance: _provenance, ...rest } = image;
  return rest;
}

function check(image: MetadataImage): void {
  for (const topic of image.topicsById.values()) {
    expect(image.topicsByName.get(topic.name)).toBe(topic);
    for (const partition of topic.partitions) {
      const { leader, isr, replicas, eligibleLeaderReplicas: elr } = partition;
      expect(replicas).toEqual(expect.arrayContaining([...isr, ...elr]));
      expect(isr.filter((id) => elr.includes(id))).toEqual([]);
      if (leader === NO_LEADER) continue;
      expect(isr).toContain(leader);
      expect(isActive(image.brokers.get(leader))).toBe(true);
    }
  }
}

describe("whatever happens to a cluster", () => {
  const steps = fc.array(step, { maxLength: 60 });

  test("its log builds the image that its controller has, and so does a snapshot of it", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2);
        for (const next of list) take(world, next);
        expect(content(imageOf(world.records))).toEqual(content(world.image));
        expect(content(imageOf(imageRecords(world.image)))).toEqual(content(world.image));
      }),
      { numRuns: 60 },
    );
  });

  test("a leader lives and is in sync, and who is in sync has a replica", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2, 3);
        for (const next of list) {
          take(world, next);
          check(world.image);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("changes name what differs between two images", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = new World().brokers(1, 2, 3);
        const before = imageOf(world.records);
        const start = world.records.length;
        for (const next of list) take(world, next);
        const noted = noChanges();
        const replayed = imageOf(world.records.slice(0, start));
        for (const record of world.records.slice(start)) apply(replayed, decodeMetadataRecord(record), noted);
        const found = changesBetween(before, world.image);
        expect(noted.topicsCreated).toEqual(found.topicsCreated);
        expect(new Set(noted.topicsDeleted.keys())).toEqual(new Set(found.topicsDeleted.keys()));
        for (const [id, partitions] of found.partitions)
          expect([...(noted.partitions.get(id) ?? [])]).toEqual(expect.arrayContaining([...partitions]));
        expect([...noted.brokers]).toEqual(expect.arrayContaining([...found.brokers]));
      }),
      { numRuns: 40 },
    );
  });
});

test("quotas, credentials, access control, tokens and controllers survive a snapshot", () => {
  const world = new World();
  const bytes = Uint8Array.from([1, 2, 3]);
  const entity = [
    { entityType: "user", entityName: "alice" },
    { entityType: "client-id", entityName: null },
  ];
  world.apply([
    newRecord(ClientQuotaRecord, { entity, key: "producer_byte_rate", value: 1.5 }),
    newRecord(ClientQuotaRecord, { entity: entity.toReversed(), key: "consumer_byte_rate", value: 2 }),
    newRecord(ClientQuotaRecord, {
      entity: [{ entityType: "ip", entityName: "::1" }],
      key: "connection_creation_rate",
      value: 2,
    }),
    newRecord(ClientQuotaRecord, {
      entity: [{ entityType: "ip", entityName: "::1" }],
      key: "connection_creation_rate",
      remove: true,
    }),
    newRecord(UserScramCredentialRecord, {
      name: "alice",
      mechanism: 1,
      salt: bytes,
      storedKey: bytes,
      serverKey: bytes,
      iterations: 4096,
    }),
    newRecord(AccessControlEntryRecord, {
      id: "aclaclaclaclaclaclaclA",
      resourceType: 2,
      resourceName: "t",
      patternType: 3,
      principal: "User:alice",
      host: "*",
      operation: 3,
      permissionType: 3,
    }),
    newRecord(AccessControlEntryRecord, { id: "aclaclaclaclaclaclaclQ", resourceType: 2, resourceName: "u" }),
    newRecord(RemoveAccessControlEntryRecord, { id: "aclaclaclaclaclaclaclQ" }),
    newRecord(DelegationTokenRecord, {
      owner: "User:alice",
      requester: "User:bob",
      renewers: ["User:carol"],
      issueTimestamp: 1,
      maxTimestamp: 2,
      expirationTimestamp: 3,
      tokenId: "token",
    }),
    newRecord(RegisterControllerRecord, {
      controllerId: 100,
      incarnationId: "incarnationincarnatioA",
      endPoints: [{ name: "CONTROLLER", host: "h", port: 1, securityProtocol: 0 }],
    }),
  ]);
  expect(world.image.clientQuotas.size).toBe(1);
  expect([...world.image.acls.keys()]).toEqual(["aclaclaclaclaclaclaclA"]);
  expect(content(imageOf(imageRecords(world.image)))).toEqual(content(world.image));
});
