import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReassignmentGoal, ReassignmentPlan } from "../../lib/contracts/reassignment.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { alterReassignments } from "../client/admin/reassignments.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { type ApacheKafka, startApacheKafka } from "../testing/apache-kafka.ts";
import { bad, clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { runKafkaTool } from "../testing/kafka-tool.ts";
import { runPasted } from "../testing/pasted-command.ts";
import { seedAssigned } from "../testing/seed-assigned.ts";
import { appendBatch, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { Produce } from "../wire/apis/produce.ts";
import { buildBatch } from "../wire/record-batch-builder.ts";
import { localUser } from "./actor.ts";
import { listQuotas } from "./change-quotas.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { controlJob } from "./control-job.ts";
import { describeBroker } from "./describe-broker.ts";
import { listBrokerReplicas } from "./list-broker-replicas.ts";
import { listJournal } from "./list-journal.ts";
import { listThrottles } from "./list-throttles.ts";
import { listTransactions } from "./list-transactions.ts";
import { makeChange, planChange } from "./make-change.ts";
import { planReassignment } from "./plan-reassignment.ts";
import { readAbilities } from "./read-abilities.ts";
import { readQuorum } from "./read-quorum.ts";
import { listMoves, readReassignment } from "./read-reassignment.ts";
import { startReassignment } from "./reassign-partitions.ts";
import { planRevert, revertChange } from "./revert-change.ts";

describeJudged("operating three brokers of Apache Kafka", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let context: ConsoleContext;

  beforeAll(async () => {
    // Without the verification of KIP-890 a transaction can hang, as it could on every Kafka before 3.6.
    const properties = {
      "auto.leader.rebalance.enable": "false",
      "transaction.partition.verification.enable": "false",
    };
    kafka = await startApacheKafka({ brokers: 3, racks: ["a", "b", "c"], directories: 2, properties });
    context = contextOf(kafka.bootstrap);
    context.engine.start();
  });
  afterAll(async () => {
    await closeContext(context);
    await kafka.stop();
  });

  async function seed(topic: string, assignments: readonly (readonly number[])[], kilobytes = 1): Promise<void> {
    await seedAssigned(kafka.bootstrap, { topic, assignments, kilobytes });
    context.clusters.get(cluster)?.forgetTopics();
  }

  const replicasOf = async (topic: string) =>
    (await describeTopic(clientOf(context), topic))?.partitions
      .toSorted((a, b) => a.partitionIndex - b.partitionIndex)
      .map(({ replicaNodes }) => [...replicaNodes]);

  const plan = async (goal: ReassignmentGoal, topic: string, throttleBytesPerSecond: number | null = null) =>
    good(
      await planReassignment(context, localUser, {
        cluster,
        goal,
        topics: [topic],
        partitions: [],
        throttleBytesPerSecond,
        batchMoves: 2,
      }),
    );

  async function begin(made: ReassignmentPlan, throttleBytesPerSecond: number | null = null): Promise<number> {
    const fingerprint = made.change?.fingerprint ?? "";
    const input = { cluster, planId: made.planId, fingerprint, throttleBytesPerSecond, batchMoves: 2 };
    return good(await startReassignment(context, localUser, input)).jobId;
  }

  const job = (id: number) => context.engine.jobs.find(cluster, id);
  const change = async (kind: string, input: Record<string, unknown>) => {
    const made = good(await planChange(context, localUser, { cluster, kind, input }));
    return makeChange(context, localUser, { cluster, kind, input, fingerprint: made.fingerprint });
  };
  const revertLast = async () => {
    const [entry] = good(await listJournal(context, localUser, { cluster, query: { limit: 1 } })).entries;
    const back = good(await planRevert(context, localUser, { cluster, entry: entry?.id ?? 0 }));
    return revertChange(context, localUser, { cluster, entry: entry?.id ?? 0, fingerprint: back.fingerprint });
  };

  /** Brokers learn of configs some milliseconds after the controller. */
  const untilUnthrottled = () =>
    until(async () => {
      const { brokers, topics } = good(await listThrottles(context, localUser, { cluster }));
      const rates = Object.values(brokers).flatMap(({ leader, follower }) => [leader, follower]);
      return Object.keys(topics).length === 0 && rates.every((rate) => rate === null);
    });

  test("tells what the cluster can do by what it serves", async () => {
    const { abilities } = good(await readAbilities(context, localUser, { cluster }));
    expect(new Set(Object.values(abilities))).toEqual(new Set([null]));
    const reader = { name: "reader", access: ["read" as const] };
    const seen = good(await readAbilities(context, reader, { cluster }));
    expect(seen.abilities.reassign).toBe("reader may not change this cluster in this console.");
    expect(seen.abilities.readQuotas).toBeNull();
  });

  test("a broker is drained in batches under a throttle, which is gone at the end, and it is taken back", async () => {
    const assignments = [
      [1, 2],
      [2, 3],
      [3, 1],
      [1, 3],
    ];
    await seed("move.orders", assignments, 20);
    const made = await plan({ type: "drain", brokers: [3] }, "move.orders", 50_000_000);
    expect(made.moves.map(({ to }) => to.includes(3))).toEqual([false, false, false]);
    expect(made.batches.map(({ moves }) => moves)).toEqual([2, 1]);
    expect(made.change?.cli).toContain("kafka-reassign-partitions.sh");
    const id = await begin(made, 50_000_000);
    await context.engine.jobs.settled(id);
    expect(job(id)).toMatchObject({ state: "completed", problem: null });
    await expect.poll(async () => (await replicasOf("move.orders"))?.flat()).not.toContain(3);
    await untilUnthrottled();
    const log = job(id)?.log.map(({ text }) => text) ?? [];
    expect(log[0]).toBe("Throttled to 50.0 MB/s on 3 brokers.");
    expect(log.at(-1)).toMatch(/^The throttle was removed from 3 brokers and 1 topic/);
    expect(good(await readReassignment(context, localUser, { cluster, job: id }))).toMatchObject({
      batchesDone: 2,
      movesDone: 3,
      throttledBrokers: 0,
    });
    good(await revertLast());
    const back = context.engine.jobs.list(cluster)[0]?.id ?? 0;
    await context.engine.jobs.settled(back);
    await expect.poll(() => replicasOf("move.orders")).toEqual(assignments);
  });

  test("a plan is refused when somebody moved a partition meanwhile, with the difference", async () => {
    await seed("move.stale", [[1], [2]]);
    const made = await plan({ type: "drain", brokers: [1] }, "move.stale");
    const other = await plan(
      { type: "by-hand", assignments: [{ topic: "move.stale", partition: 0, replicas: [1, 3] }] },
      "move.stale",
    );
    await context.engine.jobs.settled(await begin(other));
    const fingerprint = made.change?.fingerprint ?? "";
    const pace = { throttleBytesPerSecond: null, batchMoves: 2 };
    const refused = bad(
      await startReassignment(context, localUser, { cluster, planId: made.planId, fingerprint, ...pace }),
    );
    expect(refused.code).toBe("changed-meanwhile");
    expect(JSON.stringify(refused.facts)).toContain("move.stale-0");
  });

  test("cancelling gives back what was under way, and removes the throttle", async () => {
    await seed("move.slow", [[1], [1], [1]], 700);
    const goal: ReassignmentGoal = {
      type: "by-hand",
      assignments: [0, 1, 2].map((partition) => ({ topic: "move.slow", partition, replicas: [2] })),
    };
    // 1 KB/s would take ten minutes a partition.
    const made = await plan(goal, "move.slow", 1_000);
    expect(made.durationMs).toBeGreaterThan(1_000_000);
    const id = await begin(made, 1_000);
    await until(async () => {
      const { moves } = good(await listMoves(context, localUser, { cluster }));
      return moves.some(({ topic }) => topic === "move.slow");
    });
    expect(good(await listMoves(context, localUser, { cluster })).moves[0]).toMatchObject({ adding: [2], leader: 1 });
    const beside = await plan({ type: "drain", brokers: [1] }, "move.slow");
    expect([beside.underWay, beside.moves.map(({ partition }) => partition)]).toEqual([2, [2]]);
    good(await controlJob(context, localUser, { cluster, job: id, control: "cancel" }));
    await context.engine.jobs.settled(id);
    expect(job(id)).toMatchObject({ state: "cancelled" });
    await expect.poll(() => replicasOf("move.slow")).toEqual([[1], [1], [1]]);
    await untilUnthrottled();
  });

  test("the throttle is removed though the console was started anew in between", async () => {
    await seed("move.restart", [[1], [1]], 700);
    const goal: ReassignmentGoal = { type: "drain", brokers: [1] };
    const id = await begin(await plan(goal, "move.restart", 1_000), 1_000);
    await until(() => (job(id)?.log.length ?? 0) > 0);
    await context.engine.jobs.stop();
    await until(async () => "move.restart" in good(await listThrottles(context, localUser, { cluster })).topics);
    context.engine.jobs.start();
    const raised = Object.fromEntries(
      ["1", "2", "3"].map((name) => [name, { leader: "100000000", follower: "100000000" }]),
    );
    good(await change("change-throttles", { brokers: raised, topics: {} }));
    await context.engine.jobs.settled(id);
    expect(job(id)).toMatchObject({ state: "completed" });
    await untilUnthrottled();
  });

  test("the replication factor is raised over racks, and moves begun elsewhere are seen and taken back", async () => {
    await seed("move.factor", [[1], [2]], 700);
    const made = await plan({ type: "replication-factor", factor: 3 }, "move.factor");
    expect(made.moves.map(({ to }) => to.toSorted((a, b) => a - b))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    await context.engine.jobs.settled(await begin(made));
    await expect.poll(async () => (await replicasOf("move.factor"))?.map(({ length }) => length)).toEqual([3, 3]);
    expect(
      bad(
        await planReassignment(context, localUser, {
          cluster,
          goal: { type: "replication-factor", factor: 4 },
          topics: [],
          partitions: [],
          throttleBytesPerSecond: null,
          batchMoves: 1,
        }),
      ),
    ).toMatchObject({
      code: "invalid-input",
      detail: "Replication factor 4 needs 4 brokers; the cluster has 3.",
    });
  });

  test("preferred leaders are elected, and given back", async () => {
    await seed("elect.orders", [[2, 1, 3]]);
    const partition = async () => (await describeTopic(clientOf(context), "elect.orders"))?.partitions[0];
    const isLedBy = async (leader: number) => (await partition())?.leaderId === leader;
    const input = { election: "preferred", topics: ["elect.orders"], partitions: [] };
    expect(bad(await planChange(context, localUser, { cluster, kind: "elect-leaders", input }))).toMatchObject({
      detail: "Every partition is led by its preferred replica.",
    });
    // Another order of the same replicas moves nothing: the first one leads only once it is elected.
    await alterReassignments(clientOf(context), [{ topic: "elect.orders", partition: 0, replicas: [1, 2, 3] }]);
    await until(async () => (await partition())?.replicaNodes[0] === 1);
    expect(await isLedBy(2)).toBe(true);
    good(await change("elect-leaders", input));
    await until(() => isLedBy(1));
    const told = ["--bootstrap-server", kafka.bootstrap, "--describe", "--topic", "elect.orders"];
    expect((await runKafkaTool("topics", told)).stdout).toContain("Leader: 1");
    good(await revertLast());
    await context.engine.jobs.settled(context.engine.jobs.list(cluster)[0]?.id ?? 0);
    await until(() => isLedBy(2));
    expect((await partition())?.replicaNodes).toEqual([2, 1, 3]);
  });

  test("a broker's setting is changed while it runs, shown, and taken back; one that needs a restart is refused", async () => {
    const value = async () => {
      const { configs } = good(await describeBroker(context, localUser, { cluster, broker: 2 }));
      return configs.find(({ name }) => name === "log.cleaner.threads");
    };
    good(await change("change-broker-configs", { broker: 2, values: { "log.cleaner.threads": "2" } }));
    expect(await value()).toMatchObject({ value: "2", source: "dynamic-broker" });
    good(await revertLast());
    expect(await value()).toMatchObject({ value: "1", source: "default" });
    const readOnly = { broker: 2, values: { "num.partitions.nonsense": "x", "node.id": "9" } };
    expect(
      bad(await planChange(context, localUser, { cluster, kind: "change-broker-configs", input: readOnly })).detail,
    ).toContain("node.id");
    good(await change("change-broker-configs", { broker: null, values: { "log.cleaner.backoff.ms": "16000" } }));
    const backoff = async () => {
      const { configs } = good(await describeBroker(context, localUser, { cluster, broker: 3 }));
      return configs.find(({ name }) => name === "log.cleaner.backoff.ms");
    };
    await expect.poll(backoff).toMatchObject({ value: "16000", source: "dynamic-default-broker" });
  });

  test("quotas are set, listed, and taken back", async () => {
    const entity = { user: "alice", "client-id": null };
    good(await change("change-quotas", { entity, values: { producer_byte_rate: 1_048_576 } }));
    good(await change("change-quotas", { entity: { ip: "10.0.0.1" }, values: { connection_creation_rate: 5 } }));
    // Each broker hears of it in its own time, and any is asked.
    const quotas = async () => good(await listQuotas(context, localUser, { cluster })).quotas;
    await expect.poll(quotas).toContainEqual({ entity, values: { producer_byte_rate: 1_048_576 } });
    await expect.poll(quotas).toContainEqual({ entity: { ip: "10.0.0.1" }, values: { connection_creation_rate: 5 } });
    good(await revertLast());
    await expect.poll(async () => (await quotas()).length).toBe(1);
    const wrong = await planChange(context, localUser, {
      cluster,
      kind: "change-quotas",
      input: { entity, values: { request_percentage: -1 } },
    });
    expect(bad(wrong).fields).toEqual({ request_percentage: "request_percentage must be above 0." });
  });

  test("a replica is moved to another log directory, watched, given up, and moved back", async () => {
    await seed("dirs.orders", [[1]], 700);
    // Kafka takes a megabyte before it looks at the rate.
    for (const key of ["a", "b", "c"])
      await appendBatch(clientOf(context), { topic: "dirs.orders", partition: 0 }, [
        textRecord(key, "x".repeat(700_000), Date.now()),
      ]);
    const directoryOf = async () => {
      const { replicas } = good(await listBrokerReplicas(context, localUser, { cluster, broker: 1 }));
      return replicas.find(({ topic, isFuture }) => topic === "dirs.orders" && !isFuture)?.path;
    };
    const moves = async () => good(await listMoves(context, localUser, { cluster })).directories;
    const first = (await directoryOf()) ?? "";
    const { logDirectories } = good(await describeBroker(context, localUser, { cluster, broker: 1 }));
    const other = logDirectories.find(({ path }) => path !== first)?.path ?? "";
    const move = (path: string) =>
      change("move-replica-directories", { broker: 1, path, partitions: [{ topic: "dirs.orders", partition: 0 }] });
    const hold = async (directories: string | null) =>
      good(
        await change("change-throttles", { brokers: { 1: { leader: null, follower: null, directories } }, topics: {} }),
      );
    await hold("1000");
    good(await move(other));
    await until(async () => ((await moves())[0]?.copiedBytes ?? 0) > 0);
    const [copy] = await moves();
    expect(copy).toMatchObject({ broker: 1, topic: "dirs.orders", partition: 0, from: first, to: other });
    expect(copy?.copiedBytes).toBeLessThan(copy?.sizeBytes ?? 0);
    expect(copy?.lagMessages).toBeGreaterThan(0);
    good(await move(first));
    await until(async () => (await moves()).length === 0);
    expect(await directoryOf()).toBe(first);
    await hold(null);
    good(await move(other));
    await until(async () => (await directoryOf()) === other);
    good(await revertLast());
    await until(async () => (await directoryOf()) === first);
  });

  test("what plans show as a command does the same when it is pasted", async () => {
    await seed("paste.orders", [
      [1, 2],
      [2, 1],
    ]);
    const paste = async (kind: string, input: Record<string, unknown>) => {
      const made = good(await planChange(context, localUser, { cluster, kind, input }));
      await runPasted(made.cli ?? "false");
    };
    const entity = { user: "pasted" };
    await paste("change-quotas", { entity, values: { producer_byte_rate: 1_000, consumer_byte_rate: null } });
    const quotas = async () => good(await listQuotas(context, localUser, { cluster })).quotas;
    await expect.poll(quotas).toContainEqual({ entity, values: { producer_byte_rate: 1_000 } });

    const own = async () => {
      const { replicas } = good(await listBrokerReplicas(context, localUser, { cluster, broker: 1 }));
      return replicas.filter(({ topic, isFuture }) => topic === "paste.orders" && !isFuture);
    };
    const { logDirectories } = good(await describeBroker(context, localUser, { cluster, broker: 1 }));
    const first = (await own())[0]?.path;
    const path = logDirectories.find((directory) => directory.path !== first)?.path ?? "";
    const partitions = (await own()).map(({ topic, partition }) => ({ topic, partition }));
    await paste("move-replica-directories", { broker: 1, path, partitions });
    await until(async () => (await own()).every((replica) => replica.path === path));
    expect(await replicasOf("paste.orders")).toEqual([
      [1, 2],
      [2, 1],
    ]);

    await alterReassignments(clientOf(context), [{ topic: "paste.orders", partition: 1, replicas: [1, 2] }]);
    await until(async () => (await replicasOf("paste.orders"))?.[1]?.[0] === 1);
    await paste("elect-leaders", { election: "preferred", topics: ["paste.orders"], partitions: [] });
    const leaders = async () =>
      (await describeTopic(clientOf(context), "paste.orders"))?.partitions.map(({ leaderId }) => leaderId);
    await until(async () => (await leaders())?.every((leader) => leader === 1) === true);
  });

  test("an open transaction is listed, and what it left is aborted past its coordinator", async () => {
    await seed("tx.orders", [[1]]);
    const client = new Kafka({ brokers: kafka.bootstrap.split(","), logLevel: logLevel.NOTHING });
    const producer = client.producer({ transactionalId: "tx.billing", maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    const open = await producer.transaction();
    await open.send({ topic: "tx.orders", messages: [{ value: "half" }] });
    const seen = good(await listTransactions(context, localUser, { cluster, topic: "tx.orders" }));
    expect(seen.transactions[0]).toMatchObject({
      transactionalId: "tx.billing",
      state: "Ongoing",
      partitions: ["tx.orders-0"],
    });
    expect(seen.producers[0]).toMatchObject({ transactionalId: "tx.billing", hanging: null });
    const startOffset = seen.producers[0]?.transactionStartOffset ?? -1;
    const input = { topic: "tx.orders", partition: 0, startOffset };
    const made = good(await planChange(context, localUser, { cluster, kind: "abort-transaction", input }));
    expect(made.impact[0]?.severity).toBe("critical");
    expect(made.irreversible).not.toBeNull();
    good(
      await makeChange(context, localUser, {
        cluster,
        kind: "abort-transaction",
        input,
        fingerprint: made.fingerprint,
      }),
    );
    const after = good(await listTransactions(context, localUser, { cluster, topic: "tx.orders" }));
    expect(after.producers.map(({ transactionStartOffset }) => transactionStartOffset)).toEqual([null]);
    await producer.disconnect();
  });

  test("a transaction that no coordinator knows is found hanging, and readers go on once it is aborted", async () => {
    await seed("hang.orders", [[1]]);
    const batch = { producerId: 424_242, producerEpoch: 0, baseSequence: 0, isTransactional: true };
    const value = new TextEncoder().encode("half");
    const records = buildBatch([{ offset: 0, timestampMs: Date.now(), key: null, value, headers: [] }], batch);
    const topicData = [{ name: "hang.orders", partitionData: [{ index: 0, records }] }];
    const request = { transactionalId: "tx.gone", acks: -1, timeoutMs: 10_000, topicData };
    const { responses } = await clientOf(context).send(Produce, request, { to: { node: 1 }, maxVersion: 11 });
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(0);
    const endFor = async (isolation: "committed" | "uncommitted") => {
      const query = [{ topic: "hang.orders", partition: 0, timestampMs: LATEST }];
      return (await listOffsets(clientOf(context), query, { isolation }))[0]?.offset;
    };
    const { producers } = good(await listTransactions(context, localUser, { cluster, topic: "hang.orders" }));
    expect(producers[0]).toMatchObject({ hanging: "No coordinator knows its producer.", producerId: 424_242 });
    const startOffset = producers[0]?.transactionStartOffset ?? -1;
    expect(await endFor("committed")).toBe(startOffset);
    good(await change("abort-transaction", { topic: "hang.orders", partition: 0, startOffset }));
    await until(async () => (await endFor("committed")) === (await endFor("uncommitted")));
    const after = good(await listTransactions(context, localUser, { cluster, topic: "hang.orders" }));
    expect(after.producers.filter(({ hanging }) => hanging !== null)).toEqual([]);
  });

  test("a producer is fenced: its transaction is aborted and it cannot go on", async () => {
    await seed("fence.orders", [[1]]);
    const client = new Kafka({ brokers: kafka.bootstrap.split(","), logLevel: logLevel.NOTHING });
    const producer = client.producer({ transactionalId: "fence.billing", maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    const open = await producer.transaction();
    await open.send({ topic: "fence.orders", messages: [{ value: "half" }] });
    good(await change("fence-producer", { transactionalId: "fence.billing" }));
    await expect(open.commit()).rejects.toThrow(/epoch|fenced|producer/i);
    await until(async () => {
      const { transactions } = good(await listTransactions(context, localUser, { cluster, topic: "fence.orders" }));
      const own = transactions.find(({ transactionalId }) => transactionalId === "fence.billing");
      return own?.state === "CompleteAbort" || own?.state === "Empty";
    });
    await producer.disconnect();
  });

  test("the quorum is told with its voters, observers and features; a broker that serves is not unregistered", async () => {
    const found = good(await readQuorum(context, localUser, { cluster }));
    expect(found.leaderId).toBe(1);
    expect(found.members.map(({ id, role }) => `${role} ${id}`)).toEqual(["leader 1", "observer 2", "observer 3"]);
    expect(found.features.find(({ name }) => name === "metadata.version")?.finalised).toBeGreaterThan(20);
    expect(
      bad(await planChange(context, localUser, { cluster, kind: "unregister-broker", input: { broker: 3 } })).code,
    ).toBe("not-possible");
  });

  test("a broker that was away when the moves were cancelled loses the throttle once it is back", async () => {
    await seed("move.away", [[1]], 700);
    const goal: ReassignmentGoal = {
      type: "by-hand",
      assignments: [{ topic: "move.away", partition: 0, replicas: [3] }],
    };
    const id = await begin(await plan(goal, "move.away", 1_000), 1_000);
    // Undefined also while the broker that is asked stands still.
    const move = async () => {
      const listed = await listMoves(context, localUser, { cluster });
      return listed.ok ? listed.value.moves.find(({ topic }) => topic === "move.away") : undefined;
    };
    await until(async () => (await move()) !== undefined);
    const broker = kafka.processIds[2] ?? 0;
    process.kill(broker, "SIGSTOP");
    try {
      await until(async () => (await move())?.away.includes(3) === true);
      good(await controlJob(context, localUser, { cluster, job: id, control: "cancel" }));
      await context.engine.jobs.settled(id);
    } finally {
      process.kill(broker, "SIGCONT");
    }
    expect(job(id)).toMatchObject({ state: "cancelled" });
    await until(() => job(id)?.log.at(-1)?.text === "Broker 3 is back: its throttle was removed.");
    await untilUnthrottled();
  });

  test("a broker that does not come back is unregistered, with what it leaves told before", async () => {
    await seed("unregister.orders", [
      [1, 3],
      [2, 3],
    ]);
    process.kill(kafka.processIds[2] ?? 0, "SIGKILL");
    const input = { broker: 3 };
    const registered = async () => {
      const [first = ""] = kafka.bootstrap.split(",");
      const told = ["list-endpoints", "--include-fenced-brokers", "--bootstrap-server", first];
      return [...(await runKafkaTool("cluster", told)).stdout.matchAll(/^(\d+)\s/gm)].map(([, id]) => Number(id));
    };
    await until(async () => (await planChange(context, localUser, { cluster, kind: "unregister-broker", input })).ok);
    expect(await registered()).toContain(3);
    const made = good(await planChange(context, localUser, { cluster, kind: "unregister-broker", input }));
    expect(made.impact[0]).toMatchObject({ severity: "critical" });
    expect(made.irreversible).toContain("registers by itself");
    good(
      await makeChange(context, localUser, {
        cluster,
        kind: "unregister-broker",
        input,
        fingerprint: made.fingerprint,
      }),
    );
    await until(async () => !(await registered()).includes(3));
  });
});
