import assert from "node:assert/strict";
import type { Clock, Log, Random } from "../../../environment/environment.ts";
import { SimulatedTime } from "../../../environment/simulated/clock.ts";
import { errorName } from "../../../wire/errors.ts";
import { ZERO_UUID } from "../../../wire/uuid.ts";
import type { GroupConfig } from "../group-config.ts";
import { GroupCoordinator, type Done, type JoinRequest } from "../group-coordinator.ts";
import type {
  Answer,
  CommitAnswer,
  DeleteOffsetsAnswer,
  DoneAnswer,
  FetchAnswer,
  JoinAnswer,
  LeaveAnswer,
  RefusedAnswer,
  SyncAnswer,
} from "../group-event.ts";
import { isRefusal } from "../../refusal.ts";
import { MemoryShardLog } from "./memory-shard-log.ts";

/** Wall clock at the start of every script. */
export const SCRIPT_START_MS = 1_700_000_000_000;

/** Kafka 4.2's defaults, with the short first delay of the bundled cluster. */
export const SCRIPT_CONFIG: GroupConfig = {
  minSessionTimeoutMs: 6_000,
  maxSessionTimeoutMs: 1_800_000,
  initialRebalanceDelayMs: 200,
  maxSize: 2_147_483_647,
  offsetMetadataMaxLength: 4_096,
  offsetsRetentionMs: 10_080 * 60_000,
  retentionCheckIntervalMs: 600_000,
  commitTimeoutMs: 5_000,
};

/** A call that may have its answer. */
export class Pending<A extends Answer> {
  answer: A | RefusedAnswer | undefined = undefined;

  /** "waits", the name of the error, or the type of the answer: what a line of a script expects. */
  get outcome(): string {
    if (this.answer === undefined) return "waits";
    return this.answer.type === "refused" ? errorName(this.answer.errorCode) : this.answer.type;
  }

  /** The answer of a call that succeeded. */
  get value(): Exclude<A, RefusedAnswer> {
    assert(this.answer !== undefined && this.answer.type !== "refused", `the call ${this.outcome}`);
    return this.answer as Exclude<A, RefusedAnswer>;
  }

  /** The member id that came with an answer, an error's included. */
  get memberId(): string {
    const answer: Answer | undefined = this.answer;
    assert(answer !== undefined && "memberId" in answer && answer.memberId !== undefined, "the answer has a member id");
    return answer.memberId;
  }
}

/** What scripts usually leave at its default. */
export type JoinOptions = Partial<JoinRequest> & { readonly subscription?: string };

/** The coordinator of one partition on a log in memory and a clock that stands still; its methods are the lines of a script. */
export class GroupScript {
  readonly time = new SimulatedTime();
  log = new MemoryShardLog();
  coordinator: GroupCoordinator;
  config: GroupConfig;
  private nextId = 1;
  private leaderEpoch = 0;

  constructor(config: Partial<GroupConfig> = {}) {
    this.config = { ...SCRIPT_CONFIG, ...config };
    this.coordinator = this.newCoordinator();
    this.coordinator.onLeaderChange(0, "leader", this.leaderEpoch);
  }

  /** Lets time pass and all timers that are due fire. */
  pass(ms: number): void {
    const untilMs = this.time.nowMs + ms;
    while (this.time.step(untilMs));
    this.time.advanceTo(untilMs);
  }

  /** Another broker takes over: its coordinator knows what the log says. */
  failOver(): void {
    this.coordinator.stop();
    this.coordinator = this.newCoordinator();
    this.coordinator.onLeaderChange(0, "leader", ++this.leaderEpoch);
    this.pass(0);
  }

  join(options: JoinOptions = {}): Pending<JoinAnswer> {
    const { subscription = "x", ...rest } = options;
    const request: JoinRequest = {
      groupId: "g",
      memberId: "",
      groupInstanceId: null,
      clientId: "c",
      clientHost: "/127.0.0.1",
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 60_000,
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: consumerSubscription([subscription]) }],
      requiresKnownMemberId: false,
      supportsSkippingAssignment: false,
      reason: null,
      ...rest,
    };
    return this.pending((done) => this.coordinator.join(request, done));
  }

  sync(
    memberId: string,
    generationId: number,
    assignments: Record<string, string> = {},
    rest: { groupInstanceId?: string; protocolName?: string; protocolType?: string } = {},
  ): Pending<SyncAnswer> {
    const request = {
      groupId: "g",
      memberId,
      generationId,
      groupInstanceId: rest.groupInstanceId ?? null,
      protocolType: rest.protocolType ?? null,
      protocolName: rest.protocolName ?? null,
      assignments: new Map(Object.entries(assignments).map(([member, text]) => [member, Buffer.from(text)])),
    };
    return this.pending((done) => this.coordinator.sync(request, done));
  }

  heartbeat(memberId: string, generationId: number, groupInstanceId: string | null = null): Pending<DoneAnswer> {
    return this.pending((done) =>
      this.coordinator.heartbeat({ groupId: "g", memberId, generationId, groupInstanceId }, done),
    );
  }

  leave(...members: (string | { memberId?: string; groupInstanceId: string })[]): Pending<LeaveAnswer> {
    const leaving = members.map((member) => {
      const { memberId = "", groupInstanceId } =
        typeof member === "string" ? { memberId: member, groupInstanceId: null } : member;
      return { memberId, groupInstanceId, reason: null };
    });
    return this.pending((done) => this.coordinator.leave({ groupId: "g", members: leaving }, done));
  }

  commit(
    offsets: Record<string, number>,
    rest: Partial<Parameters<GroupCoordinator["commit"]>[0]> & { metadata?: string; leaderEpoch?: number } = {},
  ): Pending<CommitAnswer> {
    const { metadata = "", leaderEpoch = -1, ...fields } = rest;
    const request = {
      groupId: "g",
      memberId: "",
      groupInstanceId: null,
      generationId: -1,
      retentionTimeMs: undefined,
      namesMissingGroup: true,
      offsets: Object.entries(offsets).map(([key, offset]) => ({
        ...topicAndPartition(key),
        topicId: ZERO_UUID,
        offset,
        leaderEpoch,
        metadata,
      })),
      ...fields,
    };
    return this.pending((done) => this.coordinator.commit(request, done));
  }

  /** All that is committed, as `topic-partition` to offset. */
  committed(groupId = "g"): Record<string, number | string> {
    const fetched = this.fetch(undefined, { groupId }).value;
    const entries = fetched.topics.flatMap(({ topic, partitions }) =>
      partitions.map(
        ({ partition, committed, errorCode }) =>
          [`${topic}-${partition}`, committed?.offset ?? errorName(errorCode)] as const,
      ),
    );
    return Object.fromEntries(entries);
  }

  fetch(
    topics: Record<string, number[]> | undefined,
    rest: { groupId?: string; requireStable?: boolean; topicId?: string } = {},
  ): Pending<FetchAnswer> {
    const asked =
      topics &&
      Object.entries(topics).map(([topic, partitions]) => ({ topic, topicId: rest.topicId ?? ZERO_UUID, partitions }));
    const request = {
      groupId: rest.groupId ?? "g",
      memberId: null,
      memberEpoch: -1,
      topics: asked,
      requireStable: rest.requireStable ?? false,
    };
    return this.pending((done) => this.coordinator.fetch(request, done));
  }

  deleteGroup(groupId = "g"): Pending<DoneAnswer> {
    return this.pending((done) => this.coordinator.deleteGroup(groupId, done));
  }

  deleteOffsets(topics: Record<string, number[]>, groupId = "g"): Pending<DeleteOffsetsAnswer> {
    const asked = Object.entries(topics).map(([topic, partitions]) => ({ topic, partitions }));
    return this.pending((done) => this.coordinator.deleteOffsets({ groupId, topics: asked }, done));
  }

  /** `Stable 3: a, b` = state, generation is not told by DescribeGroups, so: state and members in their order. */
  describe(groupId = "g"): string {
    const group = this.coordinator.describe(groupId);
    if (isRefusal(group)) return errorName(group.errorCode);
    return `${group.state} [${group.members.map((member) => member.memberId).join(", ")}]`;
  }

  /** A group of so many members with an assignment each, in generation 1. Answers their ids, the leader first. */
  stableGroup(members: number | readonly JoinOptions[]): string[] {
    const options = typeof members === "number" ? Array.from({ length: members }, () => ({})) : members;
    const joins = options.map((each) => this.join(each));
    this.pass(this.config.initialRebalanceDelayMs * 2);
    const ids = joins.map((each) => each.value.memberId);
    const [leader = ""] = ids;
    for (const id of ids.slice(1)) this.sync(id, 1);
    this.sync(leader, 1, Object.fromEntries(ids.map((id) => [id, `share of ${id}`])));
    return ids;
  }

  private pending<A extends Answer>(start: (done: Done<A>) => void): Pending<A> {
    const pending = new Pending<A>();
    start((answer) => {
      assert(pending.answer === undefined, "a call is answered once");
      pending.answer = answer;
    });
    return pending;
  }

  private newCoordinator(): GroupCoordinator {
    const { time } = this;
    const clock: Clock = {
      monotonicMs: () => time.nowMs,
      wallMs: () => SCRIPT_START_MS + time.nowMs,
      at: (deadlineMs, fire) => time.at(deadlineMs, fire),
      soon: (work) => time.soon(work),
    };
    return new GroupCoordinator({
      environment: { clock, log: SILENT, random: this.countingRandom() },
      config: () => this.config,
      partitionCount: () => 1,
      openLog: () => this.log,
    });
  }

  /** Member ids that tell their order: `c-00000000-0000-4000-8000-000000000001`. */
  private countingRandom(): Random {
    return {
      next: () => 0,
      int: (min) => min,
      uuid: () => ZERO_UUID,
      bytes: (count) => {
        const bytes = Buffer.alloc(count);
        bytes.writeUInt32BE(this.nextId++, count - 4);
        return bytes;
      },
    };
  }
}

/** A ConsumerProtocolSubscription of version 0. */
export function consumerSubscription(topics: readonly string[]): Uint8Array {
  const parts = topics.map((topic) => {
    const text = Buffer.from(topic);
    const length = Buffer.alloc(2);
    length.writeInt16BE(text.length);
    return Buffer.concat([length, text]);
  });
  const head = Buffer.alloc(6);
  head.writeInt32BE(topics.length, 2);
  const noUserData = Buffer.from([0xff, 0xff, 0xff, 0xff]);
  return Uint8Array.from(Buffer.concat([head, ...parts, noUserData]));
}

const SILENT: Log = {
  debugOn: false,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => SILENT,
};

function topicAndPartition(key: string): { topic: string; partition: number } {
  const dash = key.lastIndexOf("-");
  return { topic: key.slice(0, dash), partition: Number(key.slice(dash + 1)) };
}
