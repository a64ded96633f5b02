import { afterAll, beforeAll, expect, test } from "vitest";
import { createTopics } from "../../client/admin/topics.ts";
import { ClusterClient } from "../../client/cluster-client.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeJudged } from "../../testing/judges.ts";
import { DeleteGroups } from "../../wire/apis/delete-groups.ts";
import { FindCoordinator } from "../../wire/apis/find-coordinator.ts";
import { Heartbeat } from "../../wire/apis/heartbeat.ts";
import { LeaveGroup } from "../../wire/apis/leave-group.ts";
import { ListGroups } from "../../wire/apis/list-groups.ts";
import { OffsetCommit } from "../../wire/apis/offset-commit.ts";
import { OffsetDelete } from "../../wire/apis/offset-delete.ts";
import { OffsetFetch } from "../../wire/apis/offset-fetch.ts";
import { SyncGroup } from "../../wire/apis/sync-group.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { GroupConversation } from "./testing/group-conversation.ts";
import { consumerSubscription } from "./testing/group-script.ts";
import { until } from "../../testing/until.ts";

type Script = (talk: GroupConversation, groupId: string) => Promise<void>;

const protocols = (...names: string[]) => names.map((name) => ({ name, metadata: consumerSubscription(["t"]) }));
const partition = (partitionIndex: number, committedOffset: number, committedMetadata: string | null = "") => ({
  partitionIndex,
  committedOffset,
  committedMetadata,
});

/** Each says the same to both clusters; what they note must be the same. */
const SCRIPTS: Record<string, Script> = {
  "a dynamic member's life": async (talk, groupId) => {
    const first = await talk.join("");
    talk.remark("first join", first);
    const joined = await talk.join(first.memberId);
    talk.remark("second join", joined);
    talk.remark("described while assignments are awaited", await talk.describe());
    talk.remark("commit before sync", await talk.commit(1, { memberId: first.memberId, generationIdOrMemberEpoch: 1 }));
    talk.remark("join again", await talk.join(first.memberId));
    talk.remark("sync", await talk.sync(first.memberId, 1, { [first.memberId]: "all" }));
    talk.remark("sync again", await talk.sync(first.memberId, 1));
    talk.remark("described", await talk.describe());
    talk.remark("described in v0", await talk.describe(0));
    talk.remark("heartbeat", await talk.heartbeat(first.memberId, 1));
    talk.remark("old heartbeat", await talk.heartbeat(first.memberId, 0));
    talk.remark("heartbeat of nobody", await talk.heartbeat("nobody", 1));
    talk.remark("heartbeat of an instance", await talk.heartbeat(first.memberId, 1, "i"));
    talk.remark("commit", await talk.commit(5, { memberId: first.memberId, generationIdOrMemberEpoch: 1 }));
    talk.remark(
      "commit of an old generation",
      await talk.commit(6, { memberId: first.memberId, generationIdOrMemberEpoch: 0 }),
    );
    talk.remark("commit from outside", await talk.commit(6));
    await talk.note("leave", LeaveGroup, { groupId, members: [{ memberId: first.memberId, reason: "done" }] });
    talk.remark("described when empty", await talk.describe());
    talk.remark("commit from outside when empty", await talk.commit(7));
    talk.remark("commit with an id when empty", await talk.commit(8, { memberId: "x" }));
    talk.remark("heartbeat when empty", await talk.heartbeat(first.memberId, 2));
    talk.remark("sync when empty", await talk.sync(first.memberId, 2));
    talk.remark("join with the old id", await talk.join(first.memberId));
  },
  "who may not join": async (talk, groupId) => {
    talk.remark("an id in a missing group", await talk.join("ghost"));
    talk.remark("an empty group id", await talk.join("", { groupId: "" }));
    talk.remark("too short a session", await talk.join("", { sessionTimeoutMs: 5_999 }));
    talk.remark("too long a session", await talk.join("", { sessionTimeoutMs: 1_800_001 }));
    const [leader] = await talk.twoMembers();
    talk.remark("another type", await talk.join("", { protocolType: "connect" }));
    talk.remark("no protocol in common", await talk.join("", { protocols: protocols("roundrobin") }));
    talk.remark("no protocols", await talk.join("", { protocols: [] }));
    talk.remark("no type", await talk.join("", { protocolType: "" }));
    talk.remark("a ghost", await talk.join("ghost"));
    talk.remark("a ghost's instance", await talk.join(leader, { groupInstanceId: "i" }));
    talk.remark("a ghost in v5", await talk.join("ghost", { version: 5 }));
    await talk.note("sync without a protocol in v5", SyncGroup, { groupId, generationId: 1, memberId: leader });
    talk.remark("sync of another protocol", await talk.sync(leader, 1, {}, { protocolName: "sticky" }));
    talk.remark("sync of another type", await talk.sync(leader, 1, {}, { protocolType: "connect" }));
    talk.remark("sync of an old generation", await talk.sync(leader, 0));
    talk.remark("sync of nobody", await talk.sync("nobody", 1));
    await talk.note("heartbeat to an empty group id", Heartbeat, { groupId: "", memberId: "m", generationId: 1 });
    await talk.note("leave of an empty group id", LeaveGroup, { groupId: "", members: [{ memberId: "m" }] });
  },
  "a rebalance of two": async (talk) => {
    const [leader, follower] = await talk.twoMembers();
    talk.remark("a follower joins again with the same", await talk.join(follower));
    const newcomer = await talk.joinAnew();
    // The newcomer's join travels on a connection of its own: it has arrived when the group prepares.
    await until(async () => (await talk.describe()).groups[0]?.groupState === "PreparingRebalance");
    talk.remark("the follower's heartbeat", await talk.heartbeat(follower, 1));
    talk.remark("the follower's sync", await talk.sync(follower, 1));
    talk.remark("the follower's commit", await talk.commit(3, { memberId: follower, generationIdOrMemberEpoch: 1 }));
    talk.remark("described while preparing", ((await talk.describe()).groups[0] ?? { groupState: "" }).groupState);
    const rejoined = [talk.join(leader), talk.join(follower)];
    const [leading, following, third] = await Promise.all([...rejoined, newcomer.joined]);
    talk.remark("the follower's join", following);
    talk.remark("the leader's generation", [
      leading?.generationId,
      leading?.leader === leader,
      leading?.members.length,
      third?.members.length,
    ]);
    const waiting = talk.sync(follower, 2);
    talk.remark("the leader's sync", await talk.sync(leader, 2, { [follower]: "f" }));
    talk.remark("the follower's share", await waiting);
    talk.remark("who was forgotten", await talk.sync(newcomer.memberId, 2));
    await talk.leave({ memberId: newcomer.memberId });
    talk.remark("after one left", await talk.heartbeat(leader, 2));
  },
  "the protocol that most want": async (talk) => {
    const sayings = [protocols("a", "b", "c"), protocols("b", "a"), protocols("b", "a")];
    const members = [];
    for (const saying of sayings) members.push(await talk.joinAnew({ protocols: saying }));
    const answers = await Promise.all(members.map(({ joined }) => joined));
    talk.remark(
      "chosen",
      answers.map(({ protocolName, generationId, protocolType }) => [protocolName, generationId, protocolType]),
    );
  },
  "clients before MEMBER_ID_REQUIRED": async (talk, groupId) => {
    const joined = await talk.join("", { version: 0 });
    talk.remark("v0", joined);
    await talk.note(
      "sync v0",
      SyncGroup,
      {
        groupId,
        generationId: 1,
        memberId: joined.memberId,
        assignments: [{ memberId: joined.memberId, assignment: Buffer.from("x") }],
      },
      0,
    );
    talk.remark("refused in v3", await talk.join("ghost", { version: 3 }));
    await talk.note("leave v0 of nobody", LeaveGroup, { groupId, memberId: "nobody" }, 0);
    await talk.note("leave v2", LeaveGroup, { groupId, memberId: joined.memberId }, 2);
  },
  "a static member that comes back": async (talk, groupId) => {
    const groupInstanceId = "pod";
    const first = await talk.join("", { groupInstanceId });
    talk.remark("join", first);
    await talk.sync(first.memberId, 1, { [first.memberId]: "mine" }, { groupInstanceId });
    const back = await talk.join("", { groupInstanceId });
    talk.remark("back in v9", back);
    talk.remark("heartbeat of the old id", await talk.heartbeat(first.memberId, 1, groupInstanceId));
    talk.remark("heartbeat of the old id without instance", await talk.heartbeat(first.memberId, 1));
    talk.remark("sync of the old id", await talk.sync(first.memberId, 1, {}, { groupInstanceId }));
    talk.remark("join of the old id", await talk.join(first.memberId, { groupInstanceId }));
    talk.remark(
      "commit of the old id",
      await talk.commit(1, { memberId: first.memberId, groupInstanceId, generationIdOrMemberEpoch: 1 }),
    );
    talk.remark("share of the new id", await talk.sync(back.memberId, 1, {}, { groupInstanceId }));
    talk.remark("described", await talk.describe());
    const backInV8 = await talk.join("", { groupInstanceId, version: 8 });
    talk.remark("back in v8", backInV8);
    const backWithMore = await talk.join("", { groupInstanceId, protocols: protocols("sticky", "range") });
    talk.remark("back with another favourite", backWithMore);
    await talk.note("leave with a wrong id", LeaveGroup, {
      groupId,
      members: [{ memberId: "wrong", groupInstanceId }, { memberId: "", groupInstanceId: "none" }, { memberId: "" }],
    });
    await talk.note("removed by an administrator", LeaveGroup, {
      groupId,
      members: [{ memberId: "", groupInstanceId }],
    });
    talk.remark("described when empty", await talk.describe());
  },
  "a member that falls silent": async (talk) => {
    const silent = { sessionTimeoutMs: 6_000, rebalanceTimeoutMs: 6_000 };
    const [a, b] = [await talk.joinAnew(silent), await talk.joinAnew(silent)];
    const [{ leader }] = await Promise.all([a.joined, b.joined]);
    const follower = leader === a.memberId ? b.memberId : a.memberId;
    await Promise.all([talk.sync(leader, 1), talk.sync(follower, 1)]);
    await pauseMs(4_000);
    talk.remark("in time", await talk.heartbeat(leader, 1));
    await pauseMs(3_500);
    talk.remark("the other is gone", await talk.heartbeat(leader, 1));
    talk.remark("and unknown", await talk.heartbeat(follower, 1));
    talk.remark("the one that is left", ((await talk.join(leader, silent)).members ?? []).length);
  },
  "members that neither join nor sync": async (talk) => {
    const hasty = { rebalanceTimeoutMs: 2_000 };
    const [a, b] = [await talk.joinAnew(hasty), await talk.joinAnew(hasty)];
    const [{ leader }] = await Promise.all([a.joined, b.joined]);
    const follower = leader === a.memberId ? b.memberId : a.memberId;
    // The leader does not bring the assignments.
    const share = await talk.sync(follower, 1);
    talk.remark("the follower's sync", share);
    talk.remark("the leader afterwards", await talk.heartbeat(leader, 1));
    const alone = await talk.join(follower, hasty);
    talk.remark("the follower alone", [alone.generationId, alone.leader === follower, alone.members.length]);
    await talk.sync(follower, 2);
    const newcomer = await talk.joinAnew(hasty);
    const joined = await newcomer.joined;
    talk.remark("without the follower, which did not join", [joined.generationId, joined.members.length]);
    talk.remark("the follower", await talk.heartbeat(follower, 2));
  },
  "commits that are refused": async (talk, groupId) => {
    const stranger = { groupId, memberId: "m", generationIdOrMemberEpoch: 3 };
    const topics = [{ name: "t", partitions: [partition(0, 1)] }];
    await talk.note("to a missing group, v9", OffsetCommit, { ...stranger, topics }, 9);
    await talk.note("to a missing group, v8", OffsetCommit, { ...stranger, topics }, 8);
    await talk.note(
      "of an unknown topic and partition",
      OffsetCommit,
      {
        groupId,
        topics: [
          { name: "t", partitions: [partition(0, 1), partition(9, 1)] },
          { name: "none", partitions: [partition(0, 1)] },
        ],
      },
      9,
    );
    await talk.note(
      "of too long a metadata",
      OffsetCommit,
      {
        groupId,
        topics: [{ name: "t", partitions: [partition(0, 2, "x".repeat(4_097)), partition(1, 2, "x".repeat(4_096))] }],
      },
      9,
    );
    await talk.note(
      "of null metadata",
      OffsetCommit,
      { groupId, topics: [{ name: "t", partitions: [partition(0, 3, null)] }] },
      9,
    );
    await talk.note(
      "with a retention, v2",
      OffsetCommit,
      { groupId, retentionTimeMs: 60_000, topics: [{ name: "t", partitions: [partition(2, 4)] }] },
      2,
    );
    await talk.note(
      "of an unknown topic id",
      OffsetCommit,
      { groupId, topics: [{ topicId: "AAAAAAAAAAAAAAAAAAAAAQ", partitions: [partition(0, 1)] }] },
      10,
    );
    await talk.note("of nothing", OffsetCommit, { groupId, topics: [] }, 9);
    await talk.note("what is there", OffsetFetch, { groups: [{ groupId, topics: null }] }, 9);
  },
  "fetching offsets in every form": async (talk, groupId) => {
    await talk.commit(5);
    for (const version of [1, 2, 4, 5, 6, 7]) {
      const request = {
        groupId,
        topics: [
          { name: "t", partitionIndexes: [0, 1] },
          { name: "none", partitionIndexes: [0] },
        ],
      };
      await talk.note(`v${version}`, OffsetFetch, request, version);
    }
    await talk.note("all, v2", OffsetFetch, { groupId, topics: null }, 2);
    await talk.note(
      "a missing group, v1",
      OffsetFetch,
      { groupId: `${groupId}-none`, topics: [{ name: "t", partitionIndexes: [0] }] },
      1,
    );
    await talk.note("all of a missing group, v5", OffsetFetch, { groupId: `${groupId}-none`, topics: null }, 5);
    for (const version of [8, 9]) {
      const groups = [
        { groupId, topics: [{ name: "t", partitionIndexes: [0] }] },
        { groupId: `${groupId}-none`, topics: [{ name: "t", partitionIndexes: [0] }] },
        { groupId, topics: null },
      ];
      await talk.note(`many, v${version}`, OffsetFetch, { groups, requireStable: true }, version);
    }
    await talk.note(
      "by an unknown id, v10",
      OffsetFetch,
      { groups: [{ groupId, topics: [{ topicId: "AAAAAAAAAAAAAAAAAAAAAQ", partitionIndexes: [0] }] }] },
      10,
    );
    await talk.note(
      "a member epoch, v9",
      OffsetFetch,
      { groups: [{ groupId, memberId: "m", memberEpoch: 3, topics: null }] },
      9,
    );
  },
  "deleting groups and offsets": async (talk, groupId) => {
    await talk.note("a missing group", DeleteGroups, { groupsNames: [groupId] });
    await talk.note("offsets of a missing group", OffsetDelete, {
      groupId,
      topics: [{ name: "t", partitions: [{ partitionIndex: 0 }] }],
    });
    await talk.note("offsets of no group", OffsetDelete, {
      groupId: "",
      topics: [{ name: "t", partitions: [{ partitionIndex: 0 }] }],
    });
    const joined = await (await talk.joinAnew()).joined;
    await talk.sync(joined.memberId, 1, {});
    const member = { memberId: joined.memberId, generationIdOrMemberEpoch: 1 };
    await talk.commit(5, member);
    await talk.note("a living group", DeleteGroups, { groupsNames: [groupId] });
    await talk.note("offsets that are read", OffsetDelete, {
      groupId,
      topics: [
        { name: "t", partitions: [{ partitionIndex: 0 }] },
        { name: "u", partitions: [{ partitionIndex: 0 }] },
      ],
    });
    await talk.note("offsets of an unknown topic", OffsetDelete, {
      groupId,
      topics: [{ name: "none", partitions: [{ partitionIndex: 0 }] }],
    });
    await talk.leave({ memberId: joined.memberId });
    await talk.note("offsets of an empty group", OffsetDelete, {
      groupId,
      topics: [{ name: "t", partitions: [{ partitionIndex: 0 }, { partitionIndex: 2 }] }],
    });
    await talk.note("nothing left", OffsetFetch, { groups: [{ groupId, topics: null }] }, 9);
    await talk.note("an empty group", DeleteGroups, { groupsNames: [groupId, `${groupId}-none`] });
    talk.remark("described afterwards", await talk.describe());
    talk.remark("described afterwards in v5", await talk.describe(5));
  },
  "a living group of another type": async (talk, groupId) => {
    const joined = await (await talk.joinAnew({ protocolType: "connect" })).joined;
    await talk.sync(joined.memberId, 1, {}, { protocolType: "connect" });
    await talk.note("offsets", OffsetDelete, { groupId, topics: [{ name: "t", partitions: [{ partitionIndex: 0 }] }] });
    talk.remark("described", await talk.describe());
    const list = async (
      what: string,
      filters: { statesFilter?: string[]; typesFilter?: string[] },
      version?: number,
    ) => {
      const { errorCode, groups } = await talk.ask(ListGroups, filters, version);
      talk.remark(what, { errorCode, groups: groups.filter((group) => group.groupId === groupId) });
    };
    await list("listed", {});
    await list("listed in v0", {}, 0);
    await list("listed stable", { statesFilter: ["sTable"] }, 4);
    await list("listed empty", { statesFilter: ["Empty"] }, 4);
    await list("listed classic", { typesFilter: ["CLASSIC"] });
    await list("listed consumer", { typesFilter: ["consumer"] });
  },
};

/** What a coordinator's address is differs by nature; everything else is told. */
const finding: Script = async (talk, groupId) => {
  const whether = (answer: { errorCode: number; nodeId: number; host: string; errorMessage: string | null }) => [
    answer.errorCode,
    answer.nodeId,
    answer.host,
    answer.errorMessage,
  ];
  for (const version of [0, 1, 2, 3])
    talk.remark(`v${version}`, whether(await talk.ask(FindCoordinator, { key: groupId }, version)));
  for (const version of [4, 6]) {
    const { coordinators } = await talk.ask(
      FindCoordinator,
      { keyType: 0, coordinatorKeys: [groupId, `${groupId}-2`] },
      version,
    );
    talk.remark(
      `v${version}`,
      coordinators.map((each) => [each.key, ...whether(each)]),
    );
  }
};

describeJudged("the coordinator, beside Apache Kafka 4.2", ["java", "mvn"], () => {
  let theirs: ApacheKafka;
  let ours: TestCluster;
  beforeAll(async () => {
    theirs = await startApacheKafka({ properties: { "group.initial.rebalance.delay.ms": "300" } });
    ours = await startCluster({ config: { "group.initial.rebalance.delay.ms": "300" } });
    for (const { bootstrap } of [theirs, ours]) await makeTopics(bootstrap);
  });
  afterAll(async () => {
    await theirs?.stop();
    await ours?.stop();
  });

  test.each(Object.entries({ ...SCRIPTS, "finding the coordinator": finding }))(
    "answers the same: %s",
    async (name, script) => {
      const groupId = name.replaceAll(" ", "-");
      const [expected, actual] = await Promise.all([
        notesOf(theirs.bootstrap, groupId, script),
        notesOf(ours.bootstrap, groupId, script),
      ]);
      expect(actual).toEqual(expected);
    },
  );
});

async function notesOf(bootstrap: string, groupId: string, script: Script): Promise<unknown[]> {
  const talk = new GroupConversation(bootstrap, groupId);
  await script(talk, groupId);
  talk.close();
  return talk.notes;
}

function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function makeTopics(bootstrap: string): Promise<void> {
  const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
  const client = new ClusterClient(environment, { bootstrap: bootstrap.split(","), clientId: "maker" });
  await createTopics(client, [
    { name: "t", partitions: 3, replicationFactor: 1 },
    { name: "u", partitions: 1, replicationFactor: 1 },
  ]);
  // The first question makes __consumer_offsets, which Apache Kafka does not wait for.
  for (let found = false; !found;) {
    found = await client.coordinator("any").then(
      () => true,
      () => false,
    );
    if (!found)
      await new Promise<void>((resolve) => environment.clock.at(environment.clock.monotonicMs() + 200, resolve));
  }
  client.close();
}
