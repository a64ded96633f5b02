import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { pause } from "../../client/pause.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { AlterPartitionReassignments } from "../../wire/apis/alter-partition-reassignments.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { ListPartitionReassignments } from "../../wire/apis/list-partition-reassignments.ts";
import { Produce } from "../../wire/apis/produce.ts";
import { NONE } from "../../wire/errors.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { BROKER_RESOURCE, TOPIC_RESOURCE } from "../controller/image.ts";
import { acknowledgedRecordsSurvive } from "./checkers/acknowledged-records-survive.ts";
import { ReplicatedWorld } from "./replicated-world.ts";
import { IdempotentProducer } from "./workload/idempotent-producer.ts";

const TOPIC = "heavy";
const PARTITIONS = 2;
const BYTES_PER_SECOND = 256 * 1024;
const BATCH_BYTES = 128 * 1024;
const BATCHES = 40;
/** Of the process, not of the simulation. */
const TIMEOUT_MS = 120_000;
const BYTES = BATCHES * BATCH_BYTES;
const PRODUCE_TIMEOUT_MS = 10_000;
const SET = 0;

async function reassign(client: ClusterClient, replicas: readonly number[] | null): Promise<void> {
  const partitions = [{ partitionIndex: 0, replicas }];
  const request = { timeoutMs: 10_000, topics: [{ name: TOPIC, partitions }] };
  const answer = await client.send(AlterPartitionReassignments, request, { to: "any", deadlineMs: client.deadline() });
  assert.equal(answer.responses[0]?.partitions[0]?.errorCode, NONE);
}

async function isMoving(client: ClusterClient): Promise<boolean> {
  const options = { to: "any", deadlineMs: client.deadline() } as const;
  return (
    (await client.send(ListPartitionReassignments, { timeoutMs: 10_000, topics: null }, options)).topics.length > 0
  );
}

/** What ReassignPartitionsCommand --throttle sets, for one side. */
async function throttle(client: ClusterClient, side: "leader" | "follower", bytesPerSecond: number): Promise<void> {
  const set = (name: string, value: string) => ({ name, configOperation: SET, value });
  const rate = set(`${side}.replication.throttled.rate`, String(bytesPerSecond));
  const resources = [
    ...["1", "2", "3"].map((resourceName) => ({ resourceType: BROKER_RESOURCE, resourceName, configs: [rate] })),
    {
      resourceType: TOPIC_RESOURCE,
      resourceName: TOPIC,
      configs: [set(`${side}.replication.throttled.replicas`, "0:1,0:2,0:3")],
    },
  ];
  const options = { to: "any", deadlineMs: client.deadline() } as const;
  const answer = await client.send(IncrementalAlterConfigs, { resources }, options);
  for (const { errorCode } of answer.responses) assert.equal(errorCode, NONE);
}

async function fill(world: ReplicatedWorld, client: ClusterClient): Promise<void> {
  for (let sent = 0; sent < BATCHES; sent++) {
    const value = Buffer.alloc(BATCH_BYTES - 100, sent);
    const records = buildBatch([{ timestampMs: world.environment.clock.wallMs(), key: null, value }]);
    const request = {
      acks: -1,
      timeoutMs: PRODUCE_TIMEOUT_MS,
      topicData: [{ name: TOPIC, partitionData: [{ index: 0, records }] }],
    };
    const deadlineMs = client.deadline(2 * PRODUCE_TIMEOUT_MS);
    const answer = await client.send(Produce, request, {
      to: { topic: TOPIC, partition: 0 },
      deadlineMs,
      maxVersion: 12,
    });
    assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, NONE);
  }
}

/** Moves a filled partition to where it is not; gives how long that takes, in simulated time. */
async function moveThrottled(side: "leader" | "follower", bytesPerSecond: number): Promise<number> {
  const world = new ReplicatedWorld(`throttle-${side}`, [acknowledgedRecordsSurvive]);
  await world.start(TOPIC, PARTITIONS);
  const { environment, history } = world;
  const { clock } = environment;
  const client = world.client("mover");
  const draws = { batchRecords: () => 1, pauseMs: () => 500 };
  const bystander = new IdempotentProducer(environment, world.client("bystander"), history, {
    name: "bystander",
    topic: TOPIC,
    partition: 1,
    ...draws,
  });
  let elapsedMs = 0;
  const move = async () => {
    await reassign(client, [1, 2]);
    while (await isMoving(client)) await pause(clock, 200);
    await fill(world, client);
    await throttle(client, side, bytesPerSecond);
    // On its way for a while, then called back: what was copied is dropped.
    await reassign(client, [3, 1]);
    await pause(clock, 2_000);
    assert(await isMoving(client), "the throttle holds the move up");
    await reassign(client, null);
    assert(!(await isMoving(client)), "a cancel ends it at once");
    await pause(clock, 1_000);
    const startedMs = clock.monotonicMs();
    await reassign(client, [3, 1]);
    while (await isMoving(client)) await pause(clock, 200);
    elapsedMs = clock.monotonicMs() - startedMs;
  };
  let isDone = false;
  const moved = move().finally(() => {
    isDone = true;
  });
  await world.run(Promise.all([moved, bystander.run(() => isDone)]), []);
  return elapsedMs;
}

test.each(["leader", "follower"] as const)(
  "a move keeps to the %s's throttle within a tenth, while what is in sync goes on, and can be called back",
  { timeout: TIMEOUT_MS },
  async (side) => {
    const elapsedMs = await moveThrottled(side, BYTES_PER_SECOND);
    const ofTheRate = BYTES / (elapsedMs / 1000) / BYTES_PER_SECOND;
    expect(ofTheRate).toBeGreaterThan(0.9);
    expect(ofTheRate).toBeLessThan(1.1);
  },
);
