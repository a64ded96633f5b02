import type { Environment, Timer } from "../../environment/environment.ts";
import {
  COORDINATOR_LOAD_IN_PROGRESS,
  GROUP_ID_NOT_FOUND,
  INVALID_COMMIT_OFFSET_SIZE,
  INVALID_GROUP_ID,
  NOT_COORDINATOR,
  UNKNOWN_SERVER_ERROR,
} from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import { isTooLarge } from "./coordinator-error.ts";
import type { DescribedGroup, ListedGroup } from "./described-group.ts";
import { describeGroup, listGroup } from "./describe.ts";
import type { GroupConfig } from "./group-config.ts";
import type * as events from "./group-event.ts";
import type { GroupImage } from "./group-image.ts";
import { groupMachine, type GroupShard } from "./group-machine.ts";
import { coordinatorPartition } from "./java-hash-code.ts";
import { newMemberId } from "./member-id.ts";
import { Shard } from "./shard.ts";
import type { ShardLog } from "./shard-log.ts";

/** The topic of groups and their offsets. */
export const CONSUMER_OFFSETS_TOPIC = "__consumer_offsets";

/** What the coordinator needs of its broker. */
export type GroupCoordinatorOptions = {
  readonly environment: Pick<Environment, "clock" | "random" | "log">;
  readonly config: () => GroupConfig;
  /** Partitions of `__consumer_offsets`; undefined while the topic does not exist. */
  readonly partitionCount: () => number | undefined;
  /** The log of a partition that this broker has begun to lead. */
  readonly openLog: (partition: number, leaderEpoch: number) => ShardLog;
};

/** A request as an event without what the coordinator adds. */
type RequestOf<E> = Omit<E, "type" | "call">;
export type JoinRequest = Omit<RequestOf<events.JoinEvent>, "newMemberId">;
export type SyncRequest = RequestOf<events.SyncEvent>;
export type HeartbeatRequest = RequestOf<events.HeartbeatEvent>;
export type LeaveRequest = RequestOf<events.LeaveEvent>;
export type CommitRequest = RequestOf<events.CommitEvent>;
export type FetchRequest = RequestOf<events.FetchEvent>;
export type DeleteOffsetsRequest = RequestOf<events.DeleteOffsetsEvent>;
/** Gets the answer, once, now or later. */
export type Done<A> = (answer: A | events.RefusedAnswer) => void;

/** How many groups the retention sweep looks at before it lets others run. */
const SWEEP_SLICE_GROUPS = 200;

/** The groups that this broker coordinates: one shard for each partition of `__consumer_offsets` that it leads. */
export class GroupCoordinator {
  private readonly options: GroupCoordinatorOptions;
  private readonly shards = new Map<number, { readonly shard: GroupShard; readonly leaderEpoch: number }>();
  private sweep: Timer | undefined;

  constructor(options: GroupCoordinatorOptions) {
    this.options = options;
  }

  /** Begins the regular sweep over expired offsets. */
  start(): void {
    this.armSweep();
  }

  /** Ends everything; calls that wait get NOT_COORDINATOR. */
  stop(): void {
    this.sweep?.cancel();
    this.sweep = undefined;
    for (const partition of [...this.shards.keys()]) this.drop(partition);
  }

  /** This broker's role in a partition of `__consumer_offsets` changed: it loads the groups there, or gives them up. */
  onLeaderChange(partition: number, role: "leader" | "follower" | "none", leaderEpoch: number): void {
    const present = this.shards.get(partition);
    if (role === "leader" && present?.leaderEpoch === leaderEpoch) return;
    this.drop(partition);
    if (role !== "leader") return;
    const { environment, config, openLog } = this.options;
    const log = environment.log.with({ partition });
    const shard: GroupShard = new Shard({
      machine: groupMachine(config, log),
      records: openLog(partition, leaderEpoch),
      clock: environment.clock,
      log,
      commitTimeoutMs: () => config().commitTimeoutMs,
    });
    this.shards.set(partition, { shard, leaderEpoch });
    shard.load();
  }

  /** Topics are gone: the offsets committed for them go too. */
  onTopicsDeleted(topics: readonly { readonly name: string; readonly id: string }[]): void {
    for (const [shard, image] of this.active()) {
      for (const groupId of image.offsets.groupIds()) shard.submit({ type: "topics-deleted", groupId, topics });
    }
  }

  /** The marker of a transaction was appended to a partition of `__consumer_offsets`. */
  onTransactionEnd(partition: number, producerId: number, isCommitted: boolean): void {
    this.shards.get(partition)?.shard.endTransaction(producerId, isCommitted);
  }

  /** The partition of `__consumer_offsets` that a group belongs to; undefined while the topic does not exist. */
  partitionOf(groupId: string): number | undefined {
    const count = this.options.partitionCount();
    return count === undefined ? undefined : coordinatorPartition(groupId, count);
  }

  join(request: JoinRequest, done: Done<events.JoinAnswer>): void {
    if (request.groupId === "")
      return done({ type: "refused", errorCode: INVALID_GROUP_ID, memberId: request.memberId });
    const memberId = newMemberId(this.options.environment.random, request.groupInstanceId ?? request.clientId);
    const narrowed = only("joined", done);
    this.call(
      request.groupId,
      (call) => ({ type: "join", call, ...request, newMemberId: memberId }),
      (answer) => {
        // Clients look for their member id beside most errors.
        const lacksId = answer.type === "refused" && answer.memberId === undefined;
        narrowed(lacksId ? { ...answer, memberId: request.memberId } : answer);
      },
    );
  }

  sync(request: SyncRequest, done: Done<events.SyncAnswer>): void {
    if (request.groupId === "") return done({ type: "refused", errorCode: INVALID_GROUP_ID });
    this.call(request.groupId, (call) => ({ type: "sync", call, ...request }), only("synced", done));
  }

  /** While the group is being loaded a heartbeat succeeds blindly: the member need not worry, and its session is armed by the load. */
  heartbeat(request: HeartbeatRequest, done: Done<events.DoneAnswer>): void {
    if (request.groupId === "") return done({ type: "refused", errorCode: INVALID_GROUP_ID });
    const narrowed = only("done", done);
    this.call(
      request.groupId,
      (call) => ({ type: "heartbeat", call, ...request }),
      (answer) => {
        const isLoading = answer.type === "refused" && answer.errorCode === COORDINATOR_LOAD_IN_PROGRESS;
        narrowed(isLoading ? { type: "done" } : answer);
      },
    );
  }

  leave(request: LeaveRequest, done: Done<events.LeaveAnswer>): void {
    if (request.groupId === "") return done({ type: "refused", errorCode: INVALID_GROUP_ID });
    this.call(request.groupId, (call) => ({ type: "leave", call, ...request }), only("left", done));
  }

  commit(request: CommitRequest, done: Done<events.CommitAnswer>): void {
    this.call(
      request.groupId,
      (call) => ({ type: "commit", call, ...request }),
      only("committed", done),
      INVALID_COMMIT_OFFSET_SIZE,
    );
  }

  fetch(request: FetchRequest, done: Done<events.FetchAnswer>): void {
    this.call(request.groupId, (call) => ({ type: "fetch", call, ...request }), only("fetched", done));
  }

  deleteGroup(groupId: string, done: Done<events.DoneAnswer>): void {
    this.call(groupId, (call) => ({ type: "delete-group", call, groupId }), only("done", done));
  }

  deleteOffsets(request: DeleteOffsetsRequest, done: Done<events.DeleteOffsetsAnswer>): void {
    if (request.groupId === "") return done({ type: "refused", errorCode: INVALID_GROUP_ID });
    this.call(request.groupId, (call) => ({ type: "delete-offsets", call, ...request }), only("offsets-deleted", done));
  }

  /** GROUP_ID_NOT_FOUND for a group that does not exist. */
  describe(groupId: string): DescribedGroup | Refusal {
    const shard = this.shardOf(groupId);
    const image = shard?.image() ?? NOT_COORDINATOR;
    if (typeof image === "number") return { errorCode: image };
    const group = image.groups.get(groupId);
    return group === undefined
      ? { errorCode: GROUP_ID_NOT_FOUND, message: `Group ${groupId} not found.` }
      : describeGroup(group);
  }

  /** All groups of this broker by name, or COORDINATOR_LOAD_IN_PROGRESS while some may be missing. */
  list(): ListedGroup[] | Refusal {
    const groups: ListedGroup[] = [];
    for (const { shard } of this.shards.values()) {
      const image = shard.image();
      if (image === COORDINATOR_LOAD_IN_PROGRESS) return { errorCode: image };
      if (typeof image !== "number") for (const group of image.groups.values()) groups.push(listGroup(group));
    }
    return groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  }

  private call(
    groupId: string,
    make: (call: number) => events.GroupEvent,
    done: (answer: events.Answer) => void,
    tooLarge: number = UNKNOWN_SERVER_ERROR,
  ): void {
    const shard = this.shardOf(groupId);
    if (shard === undefined) return done({ type: "refused", errorCode: NOT_COORDINATOR });
    shard.call(make, (answer) => {
      done(answer.type === "refused" && isTooLarge(answer.errorCode) ? { ...answer, errorCode: tooLarge } : answer);
    });
  }

  private shardOf(groupId: string): GroupShard | undefined {
    const partition = this.partitionOf(groupId);
    return partition === undefined ? undefined : this.shards.get(partition)?.shard;
  }

  private *active(): Generator<[GroupShard, GroupImage], void, void> {
    for (const { shard } of [...this.shards.values()]) {
      const image = shard.image();
      if (typeof image !== "number") yield [shard, image];
    }
  }

  private drop(partition: number): void {
    this.shards.get(partition)?.shard.unload();
    this.shards.delete(partition);
  }

  private armSweep(): void {
    const { clock } = this.options.environment;
    this.sweep = clock.at(clock.monotonicMs() + this.options.config().retentionCheckIntervalMs, () => {
      const work = [...this.active()].flatMap(([shard, image]) =>
        [...image.groups.keys()].map((groupId) => ({ shard, groupId })),
      );
      this.expire(work, 0);
      this.armSweep();
    });
  }

  private expire(work: readonly { readonly shard: GroupShard; readonly groupId: string }[], from: number): void {
    for (const { shard, groupId } of work.slice(from, from + SWEEP_SLICE_GROUPS))
      shard.submit({ type: "expire-offsets", groupId });
    const next = from + SWEEP_SLICE_GROUPS;
    if (next < work.length) this.options.environment.clock.soon(() => this.expire(work, next));
  }
}

/** Narrows an answer to the kind that the call has; another kind is a bug, and answered as one. */
function only<T extends events.Answer["type"]>(
  type: T,
  done: Done<Extract<events.Answer, { readonly type: T }>>,
): (answer: events.Answer) => void {
  const isWanted = (answer: events.Answer): answer is Extract<events.Answer, { readonly type: T }> =>
    answer.type === type;
  return (answer) => {
    if (answer.type === "refused" || isWanted(answer)) done(answer);
    else done({ type: "refused", errorCode: UNKNOWN_SERVER_ERROR });
  };
}
