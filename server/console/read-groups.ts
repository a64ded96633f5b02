import type { Problem } from "../../lib/problem.ts";
import { describeGroupsAt, type GroupDescription, type GroupMember } from "../client/admin/describe-groups.ts";
import {
  type CommittedOffset,
  type GroupOffsets,
  listGroupOffsetsAt,
  listShareOffsetsAt,
} from "../client/admin/group-offsets.ts";
import { type BrokerFailure, type ListedGroup, listGroups } from "../client/admin/groups.ts";
import { ClientError } from "../client/client-error.ts";
import type { Cluster } from "./cluster.ts";
import { inParallel } from "./in-parallel.ts";
import { type Attempt, kafkaProblem, toProblem } from "./to-problem.ts";
import { distinctProblems } from "./topic-columns/column.ts";

/** Groups in one request: an answer of some hundred kilobytes at most. */
const GROUPS_PER_REQUEST = 100;
/** Requests about groups that are under way at once, over all coordinators. */
const REQUESTS_AT_ONCE = 6;

/** A group as its coordinator tells it. */
export type GroupFacts = ListedGroup & {
  /** "consumer", "connect", "sr" …: of what kind its members are; "" without members. */
  readonly protocolType: string;
  readonly assignor: string;
  /** Of the newer protocols; null for a classic group. */
  readonly epoch: number | null;
  /** Null when it could not be described. */
  readonly members: readonly GroupMember[] | null;
  /** Null when they could not be read. */
  readonly offsets: readonly CommittedOffset[] | null;
  readonly readAtMs: number;
};

/** All groups that could be read. Coordinators in `silent` gave no whole answer: what was known of their groups is no news. */
export type GroupsRead = {
  readonly groups: readonly GroupFacts[];
  readonly silent: ReadonlySet<number>;
  readonly problems: readonly Problem[];
};

type Asked = Pick<Cluster, "client" | "identity">;

/** Reads every group with its members and committed offsets, each coordinator apart, so that one that fails does not spoil the others. Rejects with a ClientError when no metadata can be had. */
export async function readGroups(cluster: Asked): Promise<GroupsRead> {
  const { groups: listed, failures } = await listGroups(cluster.client);
  const portions = portionsOf(listed);
  const answers = await inParallel(portions, REQUESTS_AT_ONCE, (portion) => readPortion(cluster, portion));
  const problems = [
    ...failures.flatMap((failure) => listFailure(cluster, failure)),
    ...answers.flatMap((answer) => answer.problems),
  ];
  const silent = new Set([...failures.map(({ broker }) => broker), ...answers.flatMap((answer) => answer.silent)]);
  return { groups: answers.flatMap((answer) => answer.groups), silent, problems: distinctProblems(problems) };
}

type Portion = { readonly coordinator: number; readonly groups: readonly ListedGroup[] };
type PortionRead = {
  readonly groups: readonly GroupFacts[];
  readonly silent: readonly number[];
  readonly problems: readonly Problem[];
};

function portionsOf(listed: readonly ListedGroup[]): Portion[] {
  const byCoordinator = new Map<number, ListedGroup[]>();
  for (const group of listed) {
    const own = byCoordinator.get(group.coordinator);
    if (own) own.push(group);
    else byCoordinator.set(group.coordinator, [group]);
  }
  return [...byCoordinator].flatMap(([coordinator, groups]) =>
    Array.from({ length: Math.ceil(groups.length / GROUPS_PER_REQUEST) }, (_, index) => ({
      coordinator,
      groups: groups.slice(index * GROUPS_PER_REQUEST, (index + 1) * GROUPS_PER_REQUEST),
    })),
  );
}

async function readPortion({ client, identity }: Asked, { coordinator, groups }: Portion): Promise<PortionRead> {
  try {
    const [described, offsets] = await Promise.all([
      describeGroupsAt(client, coordinator, groups),
      readOffsets(client, coordinator, groups),
    ]);
    const byId = new Map(described.map((group) => [group.groupId, group]));
    const offsetsById = new Map(offsets.map((own) => [own.groupId, own]));
    const readAtMs = Date.now();
    const read = groups.map((group) =>
      factsOf(group, byId.get(group.groupId), offsetsById.get(group.groupId), readAtMs),
    );
    const refused = groups.flatMap(({ groupId }) =>
      refusals(groupId, [byId.get(groupId)?.errorCode, offsetsById.get(groupId)?.errorCode], identity),
    );
    return { groups: read, silent: [], problems: refused };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return {
      groups: [],
      silent: [coordinator],
      problems: listFailure({ identity }, { broker: coordinator, failure: error }),
    };
  }
}

/** Share groups keep where they read in another form than the others commit it. */
async function readOffsets(
  client: Asked["client"],
  coordinator: number,
  groups: readonly ListedGroup[],
): Promise<GroupOffsets[]> {
  const [share, others] = [true, false].map((isShare) =>
    groups.filter(({ type }) => (type === "share") === isShare).map(({ groupId }) => groupId),
  );
  const found = await Promise.all([
    share?.length ? listShareOffsetsAt(client, coordinator, share) : [],
    others?.length ? listGroupOffsetsAt(client, coordinator, others) : [],
  ]);
  return found.flat();
}

function factsOf(
  listed: ListedGroup,
  described: GroupDescription | undefined,
  offsets: GroupOffsets | undefined,
  readAtMs: number,
): GroupFacts {
  const isDescribed = described !== undefined && described.errorCode === 0;
  return {
    ...listed,
    state: isDescribed ? described.state : listed.state,
    protocolType: isDescribed ? described.protocolType : "",
    epoch: isDescribed ? described.epoch : null,
    assignor: isDescribed ? described.assignor : "",
    members: isDescribed ? described.members : null,
    offsets: offsets !== undefined && offsets.errorCode === 0 ? offsets.offsets : null,
    readAtMs,
  };
}

/** A group that went away between being listed and described is no problem. */
const GROUP_ID_NOT_FOUND = 69;

function refusals(
  groupId: string,
  errorCodes: readonly (number | undefined)[],
  identity: Asked["identity"],
): Problem[] {
  const attempt: Attempt = {
    title: "Some groups could not be read",
    facts: [["group", groupId]],
    needs: { operation: "Describe", resource: { group: groupId } },
    identity,
  };
  return errorCodes
    .filter((code) => code !== undefined && code !== 0 && code !== GROUP_ID_NOT_FOUND)
    .map((code) => kafkaProblem(code ?? -1, null, attempt));
}

function listFailure({ identity }: Pick<Asked, "identity">, { broker, failure }: BrokerFailure): Problem[] {
  const attempt: Attempt = {
    title: "Groups of some brokers could not be read",
    facts: [["broker", String(broker)]],
    needs: { operation: "Describe", resource: "cluster" },
    identity,
  };
  const found = failure instanceof ClientError ? toProblem(failure, attempt) : kafkaProblem(failure, null, attempt);
  return found ? [found] : [];
}
