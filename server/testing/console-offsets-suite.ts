import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OffsetGoal, OffsetPlan, OffsetScope } from "../../lib/contracts/group-offsets.ts";
import { journalQuery } from "../../lib/contracts/journal.ts";
import { listGroupOffsets } from "../client/admin/group-offsets.ts";
import { type Actor, localUser } from "../console/actor.ts";
import { closeContext, type ConsoleContext } from "../console/context.ts";
import { deleteGroupChange } from "../console/delete-group.ts";
import { listJournal } from "../console/list-journal.ts";
import { planOffsets } from "../console/plan-offsets.ts";
import { removeMemberChange } from "../console/remove-member.ts";
import { planRevert, revertChange } from "../console/revert-change.ts";
import { setOffsetsChange } from "../console/set-offsets.ts";
import { describeGroup } from "../console/describe-group.ts";
import { bad, clientOf, cluster, contextOf, good } from "./console-context.ts";
import type { SuiteCluster } from "./console-suite.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

const reader: Actor = { name: "reader", access: ["read"] };
const start = Date.UTC(2026, 10, 22, 9);

/** What the console promises of resetting offsets, held against ours and against Apache Kafka. */
export function describeOffsets(
  name: string,
  startCluster: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>,
): void {
  describe(`offsets of groups on ${name}`, () => {
    let context: ConsoleContext;
    let running: Awaited<ReturnType<typeof startCluster>>;
    const topic = "offsets.orders";

    beforeAll(async () => {
      running = await startCluster();
      context = contextOf(running.bootstrap);
      const client = clientOf(context);
      await makeTopic(client, topic, { partitions: 3 });
      // Partitions 0 and 1 have ten records, a minute apart; partition 2 has none.
      for (const partition of [0, 1])
        await appendBatch(
          client,
          { topic, partition },
          Array.from({ length: 10 }, (_, index) => textRecord(`k${index}`, `v${index}`, start + index * 60_000)),
        );
    });
    afterAll(async () => {
      await closeContext(context);
      await running.stop();
    });

    type Wish = { group: string; goal: OffsetGoal; topics?: OffsetScope | null; isNew?: boolean };
    const ask = ({ group, goal, topics = null, isNew = false }: Wish) =>
      planOffsets(context, localUser, { cluster, group, query: { goal, topics, isNew } });
    const confirm = ({ group, goal, topics = null, isNew = false }: Wish, plan: OffsetPlan, actor = localUser) =>
      setOffsetsChange.actOn(
        context,
        actor,
        {
          cluster,
          group,
          offsets: plan.offsets,
          goal: goal.to === "file" ? null : goal,
          topics,
          isNew,
          metadata: {},
        },
        { fingerprint: plan.fingerprint },
      );
    const reset = async (wish: Wish) => good(await confirm(wish, good(await ask(wish))));
    const committed = async (group: string) =>
      Object.fromEntries(
        (await listGroupOffsets(clientOf(context), group)).offsets.map((own) => [
          `${own.topic}/${own.partition}`,
          own.offset,
        ]),
      );
    const create = (group: string, offsets: Record<string, string>) =>
      reset({ group, goal: { to: "file", offsets: { [topic]: offsets } }, isNew: true });
    const lastEntry = async () => {
      const list = good(await listJournal(context, localUser, { cluster, query: journalQuery.parse({}) }));
      const [entry] = list.entries;
      if (entry === undefined) throw new Error("the journal has an entry");
      return entry;
    };
    const takeBack = async () => {
      const { id } = await lastEntry();
      const plan = good(await planRevert(context, localUser, { cluster, entry: id }));
      return good(await revertChange(context, localUser, { cluster, entry: id, fingerprint: plan.fingerprint }));
    };

    test("a group gets offsets before it exists, and only then", async () => {
      await create("made", { "0": "4", "1": "4" });
      expect(await committed("made")).toEqual({ [`${topic}/0`]: 4, [`${topic}/1`]: 4 });
      expect((await lastEntry()).title).toBe("Create group made");
      const again = await ask({
        group: "made",
        goal: { to: "latest" },
        topics: [{ topic, partitions: null }],
        isNew: true,
      });
      expect(bad(again)).toMatchObject({ code: "not-possible", detail: "There is a group made already." });
      await takeBack();
      expect(await committed("made")).toEqual({});
    });

    test("the plan shows each record that it lands on, and how much is read again or skipped", async () => {
      await create("evidence", { "0": "9", "1": "2" });
      const plan = good(await ask({ group: "evidence", goal: { to: "time", timeMs: start + 290_000 } }));
      expect(plan.moves).toMatchObject([
        { partition: 0, committed: "9", next: "5", landing: "record", readAgain: 4, skipped: 0, moves: true },
        { partition: 1, committed: "2", next: "5", landing: "record", readAgain: 0, skipped: 3, moves: true },
      ]);
      expect(plan.moves[0]?.lands).toMatchObject({
        offset: "5",
        timestampMs: start + 300_000,
        key: { text: "k5" },
        value: { text: "v5" },
      });
      expect(plan.moves[0]?.bytes).toBeGreaterThan(0);
      expect(plan.sums).toMatchObject({ readAgain: 4, skipped: 3, lagBefore: 9, lagAfter: 10 });
      expect(plan.before).toEqual({ [`${topic}/0`]: "9", [`${topic}/1`]: "2" });
      expect(plan.cli).toContain("--reset-offsets --all-topics --to-datetime 2026-11-22T09:04:50.000 --execute");
      expect(plan.code).toContain("admin.setOffsets");
      expect(plan.irreversible).toBeNull();
    });

    const single = [{ topic, partitions: [0] }];
    test.each<[string, OffsetGoal, Record<string, number>]>([
      ["the earliest", { to: "earliest" }, { "0": 0, "1": 4 }],
      ["the latest", { to: "latest" }, { "0": 10, "1": 4 }],
      ["a time", { to: "time", timeMs: start + 60_000 }, { "0": 1, "1": 4 }],
      ["a time after the last record", { to: "time", timeMs: start + 86_400_000 }, { "0": 10, "1": 4 }],
      ["a duration before now", { to: "duration", durationMs: Date.now() }, { "0": 0, "1": 4 }],
      ["an offset", { to: "offset", offset: "7" }, { "0": 7, "1": 4 }],
      ["an offset beyond the end", { to: "offset", offset: "70" }, { "0": 10, "1": 4 }],
      ["some back", { to: "shift", by: -3 }, { "0": 1, "1": 4 }],
      ["more back than there is", { to: "shift", by: -30 }, { "0": 0, "1": 4 }],
      ["none at all", { to: "none" }, { "1": 4 }],
    ])("one partition goes to %s, and comes back", async (words, goal, expected) => {
      const group = `goal ${words}`;
      await create(group, { "0": "4", "1": "4" });
      await reset({ group, goal, topics: single });
      const named = Object.fromEntries(
        Object.entries(expected).map(([partition, offset]) => [`${topic}/${partition}`, offset]),
      );
      expect(await committed(group)).toEqual(named);
      await takeBack();
      expect(await committed(group)).toEqual({ [`${topic}/0`]: 4, [`${topic}/1`]: 4 });
    });

    test("a group goes where another is; partitions that the other never read are left alone, and that is said", async () => {
      await create("other", { "0": "8" });
      await create("copied", { "0": "1", "1": "1" });
      const wish: Wish = { group: "copied", goal: { to: "group", group: "other" } };
      const plan = good(await ask(wish));
      expect(plan.moves[1]).toMatchObject({
        moves: false,
        note: { text: "Left alone: other has committed nothing here." },
      });
      expect(plan.cli).toBe(
        `cat > offsets.csv <<'END'\n${topic},0,8\nEND\nkafka-consumer-groups.sh --bootstrap-server ${running.bootstrap} --group copied --reset-offsets --from-file offsets.csv --execute`,
      );
      await reset(wish);
      expect(await committed("copied")).toEqual({ [`${topic}/0`]: 8, [`${topic}/1`]: 1 });
    });

    test("a file may name topics and partitions that are not there: they are left alone", async () => {
      const offsets = { [topic]: { "0": "3", "9": "1" }, "no.such.topic": { "0": "1" } };
      const plan = good(await ask({ group: "from file", goal: { to: "file", offsets } }));
      expect(plan.moves.map(({ moves, note }) => [moves, note?.text ?? ""])).toEqual([
        [false, "Left alone: the topic does not exist."],
        [true, ""],
        [false, "Left alone: the topic has no such partition."],
      ]);
      expect(plan.offsets).toEqual({ [topic]: { "0": "3" } });
    });

    test("a group is deleted with its offsets, and comes back with them", async () => {
      await create("deleted", { "0": "3", "1": "7" });
      const plan = good(await deleteGroupChange.planIt(context, localUser, { cluster, group: "deleted" }));
      expect(plan.impact[0]?.text).toContain("2 committed offsets are forgotten");
      good(
        await deleteGroupChange.actOn(
          context,
          localUser,
          { cluster, group: "deleted" },
          { fingerprint: plan.fingerprint },
        ),
      );
      expect(bad(await describeGroup(context, localUser, { cluster, group: "deleted" })).code).toBe("group-not-found");
      await takeBack();
      expect(await committed("deleted")).toEqual({ [`${topic}/0`]: 3, [`${topic}/1`]: 7 });
    });

    test("a plan that no longer holds is refused with the difference, and who may only read changes nothing", async () => {
      await create("stale", { "0": "3" });
      const wish: Wish = { group: "stale", goal: { to: "earliest" } };
      const plan = good(await ask(wish));
      await reset({ group: "stale", goal: { to: "offset", offset: "6" } });
      const refused = bad(await confirm(wish, plan));
      expect(refused.code).toBe("changed-meanwhile");
      expect(refused.facts).toContainEqual([`${topic}/0`, "3 → 6"]);
      expect(bad(await confirm(wish, good(await ask(wish)), reader)).code).toBe("not-authorised");
      expect(await committed("stale")).toEqual({ [`${topic}/0`]: 6 });
    });

    test("while members are active a reset is refused with who they are; one of them can be taken out", async () => {
      const kafka = new Kafka({
        brokers: running.bootstrap.split(","),
        clientId: "worker-1",
        logLevel: logLevel.NOTHING,
      });
      const consumer = kafka.consumer({ groupId: "active", heartbeatInterval: 200, maxWaitTimeInMs: 100 });
      const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      // A commit between plan and confirmation would be another refusal: that the plan is stale.
      await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
      await joined;
      try {
        const wish: Wish = { group: "active", goal: { to: "earliest" }, topics: [{ topic, partitions: null }] };
        const plan = good(await ask(wish));
        expect(plan.active).toMatchObject([{ clientId: "worker-1" }]);
        expect(plan.impact[0]).toMatchObject({ severity: "critical" });
        expect(plan.impact[0]?.text).toMatch(/^1 member is active; Kafka refuses until they stop: worker-1 on /);
        const refused = bad(await confirm(wish, plan));
        expect(refused.code).toBe("not-possible");
        expect(refused.detail).toMatch(/^1 member is active: worker-1 on .*Kafka refuses until they have stopped\.$/);

        const detail = good(await describeGroup(context, localUser, { cluster, group: "active" }));
        const member = { memberId: detail.memberList[0]?.memberId ?? "", instanceId: null };
        const removal = good(
          await removeMemberChange.planIt(context, localUser, { cluster, group: "active", ...member }),
        );
        expect(removal.impact[0]?.text).toContain("Its 3 partitions are given up");
        const again = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
        good(
          await removeMemberChange.actOn(
            context,
            localUser,
            { cluster, group: "active", ...member },
            { fingerprint: removal.fingerprint },
          ),
        );
        // The client finds out at its next heartbeat, and joins under a new id.
        await again;
        const after = good(await describeGroup(context, localUser, { cluster, group: "active" }));
        expect(after.memberList.map(({ memberId }) => memberId)).not.toContain(member.memberId);
      } finally {
        await consumer.disconnect();
      }
    });
  });
}
