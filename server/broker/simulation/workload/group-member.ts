import type { Environment } from "../../../environment/environment.ts";
import type { SeededRandom } from "../../../environment/simulated/random.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { pause } from "../../../client/pause.ts";
import { judge } from "../../../client/retry-policy.ts";
import type { AnyApi, RequestInput, ResponseOf } from "../../../wire/api.ts";
import { Heartbeat } from "../../../wire/apis/heartbeat.ts";
import { JoinGroup } from "../../../wire/apis/join-group.ts";
import { LeaveGroup } from "../../../wire/apis/leave-group.ts";
import { OffsetCommit } from "../../../wire/apis/offset-commit.ts";
import { OffsetFetch } from "../../../wire/apis/offset-fetch.ts";
import { SyncGroup } from "../../../wire/apis/sync-group.ts";
import { FENCED_INSTANCE_ID, MEMBER_ID_REQUIRED, NONE, UNKNOWN_MEMBER_ID } from "../../../wire/errors.ts";
import type { History } from "../history.ts";

/** Topics are named by name up to this version. */
const NEWEST_BY_NAME = 9;
const RETRY_MS = 100;
const SESSION_TIMEOUT_MS = 6_000;
const REBALANCE_TIMEOUT_MS = 4_000;
/** About the rebalance and the session timeout: the others share anew without the member, or it is given up, and it comes back believing what was. */
const FREEZE_MS = { min: 3_000, max: 9_000 };
const FREEZE_CHANCE = 0.05;
const LEAVE_CHANCE = 0.02;
const REQUEST_TIMEOUT_MS = 8_000;

/** Which group, and which partitions it shares. A static member keeps its place while it is away (KIP-345). */
export type MemberOptions = {
  readonly name: string;
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly topic: string;
  readonly partitions: readonly number[];
};

/** A place in a generation, with the partitions that are the member's share. */
type Place = { readonly generationId: number; readonly share: readonly number[] };

/** A member of a classic group that counts in the committed offsets of its partitions, and now and then freezes, or leaves and joins anew. */
export class GroupMember {
  private readonly environment: Environment;
  private readonly client: ClusterClient;
  private readonly history: History;
  private readonly random: SeededRandom;
  private readonly options: MemberOptions;
  private memberId = "";
  /** Numbers that it has committed. */
  counted = 0;

  constructor(
    environment: Environment,
    client: ClusterClient,
    history: History,
    random: SeededRandom,
    options: MemberOptions,
  ) {
    this.environment = environment;
    this.client = client;
    this.history = history;
    this.random = random;
    this.options = options;
  }

  /** Takes part until `mayEnd`, then leaves. */
  async run(mayEnd: () => boolean): Promise<void> {
    while (!mayEnd()) {
      try {
        const place = await this.joinAndSync();
        if (place !== undefined) await this.work(place, mayEnd);
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        this.client.forgetCoordinator(this.options.groupId);
      }
      await pause(this.environment.clock, RETRY_MS);
    }
  }

  private async joinAndSync(): Promise<Place | undefined> {
    const { groupId, groupInstanceId, partitions } = this.options;
    const protocols = [{ name: "counting", metadata: Buffer.from(this.options.name) }];
    const terms = {
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      protocolType: "counters",
      protocols,
    };
    const joined = await this.ask(JoinGroup, { groupId, groupInstanceId, memberId: this.memberId, ...terms });
    if (joined.errorCode === MEMBER_ID_REQUIRED) this.memberId = joined.memberId;
    if (joined.errorCode !== NONE) return this.lost(joined.errorCode);
    this.memberId = joined.memberId;
    const ids = joined.members.map((member) => member.memberId);
    const shareOf = (index: number) => partitions.filter((partition) => partition % ids.length === index);
    const assignments = ids.map((memberId, index) => ({
      memberId,
      assignment: Buffer.from(JSON.stringify(shareOf(index))),
    }));
    const { generationId, protocolType, protocolName } = joined;
    const synced = await this.ask(SyncGroup, {
      groupId,
      groupInstanceId,
      generationId,
      memberId: this.memberId,
      protocolType,
      protocolName,
      assignments,
    });
    if (synced.errorCode !== NONE) return this.lost(synced.errorCode);
    const share: unknown = JSON.parse(Buffer.from(synced.assignment).toString() || "[]");
    return { generationId, share: Array.isArray(share) ? share.filter((each) => typeof each === "number") : [] };
  }

  private async work(place: Place, mayEnd: () => boolean): Promise<void> {
    const { groupId, groupInstanceId } = this.options;
    const { generationId } = place;
    for (;;) {
      if (mayEnd() || this.random.chance(LEAVE_CHANCE)) return this.leave();
      // It has seen no rebalance, so it goes on counting with what it has read: the coordinator must stop it.
      const known = await this.readNumbers(place.share);
      if (this.random.chance(FREEZE_CHANCE))
        await pause(this.environment.clock, this.random.int(FREEZE_MS.min, FREEZE_MS.max));
      for (const [partition, offset] of known) {
        if (!(await this.commitNumber(partition, offset + 1, generationId))) return;
      }
      const beat = await this.ask(Heartbeat, { groupId, groupInstanceId, generationId, memberId: this.memberId });
      if (beat.errorCode !== NONE) {
        this.lost(beat.errorCode);
        return;
      }
      await pause(this.environment.clock, this.random.int(10, 300));
    }
  }

  private async readNumbers(share: readonly number[]): Promise<Map<number, number>> {
    const { groupId, topic } = this.options;
    const askedAfter = this.history.commits.length;
    const groups = [{ groupId, topics: [{ name: topic, partitionIndexes: share }] }];
    const fetched = await this.ask(OffsetFetch, { groups }, NEWEST_BY_NAME);
    const numbers = new Map<number, number>();
    for (const { partitions } of fetched.groups[0]?.topics ?? []) {
      for (const { partitionIndex: partition, committedOffset: offset, errorCode } of partitions) {
        if (errorCode !== NONE || fetched.groups[0]?.errorCode !== NONE) continue;
        this.history.commits.push({ kind: "fetched", groupId, partition, offset, askedAfter });
        numbers.set(partition, offset);
      }
    }
    return numbers;
  }

  /** Whether it may go on. */
  private async commitNumber(partition: number, offset: number, generationId: number): Promise<boolean> {
    const { groupId, groupInstanceId, topic } = this.options;
    const askedAfter = this.history.commits.length;
    const topics = [
      { name: topic, partitions: [{ partitionIndex: partition, committedOffset: offset, committedMetadata: "" }] },
    ];
    const request = {
      groupId,
      groupInstanceId,
      memberId: this.memberId,
      generationIdOrMemberEpoch: generationId,
      topics,
    };
    const answer = await this.ask(OffsetCommit, request, NEWEST_BY_NAME);
    const errorCode = answer.topics[0]?.partitions[0]?.errorCode ?? NONE;
    if (errorCode !== NONE) {
      this.lost(errorCode);
      return false;
    }
    this.history.commits.push({ kind: "committed", groupId, partition, offset, askedAfter });
    this.counted++;
    return true;
  }

  private async leave(): Promise<void> {
    const { groupId, groupInstanceId } = this.options;
    const members = [{ memberId: this.memberId }];
    this.memberId = "";
    // A static member only goes; it will come back for its place.
    if (groupInstanceId === null) await this.ask(LeaveGroup, { groupId, members });
  }

  /** Forgets what an error code says is no longer so. */
  private lost(errorCode: number): undefined {
    if (errorCode === UNKNOWN_MEMBER_ID || errorCode === FENCED_INSTANCE_ID) this.memberId = "";
    if (judge(errorCode) === "refresh") this.client.forgetCoordinator(this.options.groupId);
    return undefined;
  }

  private ask<A extends AnyApi>(api: A, request: RequestInput<A>, maxVersion?: number): Promise<ResponseOf<A>> {
    const to = { coordinator: "group", key: this.options.groupId } as const;
    const deadlineMs = this.client.deadline(REQUEST_TIMEOUT_MS);
    return this.client.send(api, request, { to, deadlineMs, ...(maxVersion !== undefined && { maxVersion }) });
  }
}
