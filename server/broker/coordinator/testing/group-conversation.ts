import { ClusterClient } from "../../../client/cluster-client.ts";
import { realEnvironment } from "../../../environment/real/real-environment.ts";
import { createLog } from "../../../environment/real/log.ts";
import type { AnyApi, RequestInput, ResponseOf } from "../../../wire/api.ts";
import { DescribeGroups } from "../../../wire/apis/describe-groups.ts";
import { Heartbeat } from "../../../wire/apis/heartbeat.ts";
import { JoinGroup } from "../../../wire/apis/join-group.ts";
import { LeaveGroup } from "../../../wire/apis/leave-group.ts";
import { OffsetCommit } from "../../../wire/apis/offset-commit.ts";
import { SyncGroup } from "../../../wire/apis/sync-group.ts";
import { errorName } from "../../../wire/errors.ts";
import { consumerSubscription } from "./group-script.ts";

/** What a member says in its JoinGroup beside the usual. */
export type Saying = Partial<RequestInput<typeof JoinGroup>> & {
  readonly version?: number;
  readonly topics?: readonly string[];
};

/**
 * Talks with the coordinator of one group as clients do, in whichever versions, and notes each answer with member ids replaced by the order
 * in which they appeared (`#1`, `#2` …), so that what two clusters answered can be compared.
 */
export class GroupConversation {
  /** Every answer, in the order of the calls that were noted. */
  readonly notes: unknown[] = [];
  private readonly client: ClusterClient;
  private readonly groupId: string;
  private readonly names = new Map<string, string>();
  private lanes = 0;

  constructor(bootstrap: string, groupId: string) {
    const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
    this.client = new ClusterClient(environment, { bootstrap: bootstrap.split(","), clientId: "talker" });
    this.groupId = groupId;
  }

  close(): void {
    this.client.close();
  }

  /** Sends any request to the group's coordinator on a connection of its own, so that it may wait. */
  ask<A extends AnyApi>(api: A, request: RequestInput<A>, version?: number): Promise<ResponseOf<A>> {
    const to = { coordinator: "group", key: this.groupId } as const;
    const lane = `lane-${this.lanes++}`;
    return this.client.send(api, request, { to, lane, ...(version !== undefined && { maxVersion: version }) });
  }

  /** As `ask`, and notes the answer. */
  async note<A extends AnyApi>(
    what: string,
    api: A,
    request: RequestInput<A>,
    version?: number,
  ): Promise<ResponseOf<A>> {
    const answer = await this.ask(api, request, version);
    this.notes.push([what, this.plain(answer)]);
    return answer;
  }

  /** Writes something down beside the answers. */
  remark(what: string, value: unknown): void {
    this.notes.push([what, this.plain(value)]);
  }

  join(memberId: string, { version = 9, topics = ["t"], ...rest }: Saying = {}): Promise<ResponseOf<typeof JoinGroup>> {
    const request = {
      groupId: this.groupId,
      sessionTimeoutMs: 30_000,
      rebalanceTimeoutMs: 30_000,
      memberId,
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: consumerSubscription(topics) }],
      ...rest,
    };
    return this.ask(JoinGroup, request, version);
  }

  /** Joins as a new dynamic member: first for the id, then with it. */
  async joinAnew(saying: Saying = {}): Promise<{ memberId: string; joined: Promise<ResponseOf<typeof JoinGroup>> }> {
    const { memberId } = await this.join("", saying);
    return { memberId, joined: this.join(memberId, saying) };
  }

  sync(
    memberId: string,
    generationId: number,
    shares: Record<string, string> = {},
    rest: Partial<RequestInput<typeof SyncGroup>> = {},
  ): Promise<ResponseOf<typeof SyncGroup>> {
    const assignments = Object.entries(shares).map(([member, share]) => ({
      memberId: member,
      assignment: Buffer.from(share),
    }));
    return this.ask(SyncGroup, {
      groupId: this.groupId,
      generationId,
      memberId,
      protocolType: "consumer",
      protocolName: "range",
      assignments,
      ...rest,
    });
  }

  heartbeat(
    memberId: string,
    generationId: number,
    groupInstanceId: string | null = null,
  ): Promise<ResponseOf<typeof Heartbeat>> {
    return this.ask(Heartbeat, { groupId: this.groupId, memberId, generationId, groupInstanceId });
  }

  leave(...members: NonNullable<RequestInput<typeof LeaveGroup>["members"]>): Promise<ResponseOf<typeof LeaveGroup>> {
    return this.ask(LeaveGroup, { groupId: this.groupId, members });
  }

  commit(
    offset: number,
    rest: Partial<RequestInput<typeof OffsetCommit>> = {},
    version = 9,
  ): Promise<ResponseOf<typeof OffsetCommit>> {
    const topics = [
      { name: "t", partitions: [{ partitionIndex: 0, committedOffset: offset, committedMetadata: "m" }] },
    ];
    return this.ask(OffsetCommit, { groupId: this.groupId, topics, ...rest }, version);
  }

  describe(version = 6): Promise<ResponseOf<typeof DescribeGroups>> {
    return this.ask(DescribeGroups, { groups: [this.groupId] }, version);
  }

  /** Two members of generation 1, synced; the leader first. */
  async twoMembers(): Promise<[string, string]> {
    const [a, b] = [await this.joinAnew(), await this.joinAnew()];
    const answers = await Promise.all([a.joined, b.joined]);
    const leader = answers[0].leader;
    const follower = leader === a.memberId ? b.memberId : a.memberId;
    const waiting = this.sync(follower, answers[0].generationId);
    await this.sync(leader, answers[0].generationId, { [leader]: "leader's", [follower]: "follower's" });
    await waiting;
    return [leader, follower];
  }

  /** An answer as plain data: member ids by their order, error codes by their names, bytes as text. */
  private plain(value: unknown, field = ""): unknown {
    if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
    if (Array.isArray(value)) return inOrder(value.map((each) => this.plain(each)));
    if (typeof value === "number" && field === "errorCode") return errorName(value);
    if (typeof value === "string") return this.nameOf(value);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.plain(each, name)]));
  }

  private nameOf(text: string): string {
    if (!/^.*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) return text;
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const name = `#${this.names.size + 1} ${text.slice(0, -37)}`;
    this.names.set(text, name);
    return name;
  }
}

/** Kafka's maps leave their elements in any order: those that have a key are told in its order. */
function inOrder(values: readonly unknown[]): unknown[] {
  const keyOf = (value: unknown) => {
    if (value === null || typeof value !== "object") return "";
    if ("partitionIndex" in value) return String(value.partitionIndex);
    return "groupId" in value && "errorCode" in value && !("topics" in value) ? String(value.groupId) : "";
  };
  return values.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
