import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { LEADER_NOT_AVAILABLE, NETWORK_EXCEPTION } from "../../wire/errors.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { judge, type Verdict } from "../retry-policy.ts";
import { groupByLeader, groupByTopic } from "./group-by-node.ts";

/** ListOffsets' special timestamps: the end of the partition, its start, the record with the largest timestamp (KIP-734). */
export const LATEST = -1;
export const EARLIEST = -2;
export const MAX_TIMESTAMP = -3;

/** A consumer's replica id: the wire's default, 0, is that of a broker, which is shown what is not committed yet whatever the isolation. */
const CONSUMER = -1;

/** The first offset that the leader has in its own log, and the last that is in remote storage (KIP-405, KIP-1005); -1 where there is none. */
export const EARLIEST_LOCAL = -4;
export const LATEST_TIERED = -5;

/** Which offset of a partition: of the first record at or after a timestamp (milliseconds since 1970), or of a special one. */
export type OffsetQuery = { readonly topic: string; readonly partition: number; readonly timestampMs: number };

/** The answer; offset -1 when no record is at or after the timestamp. */
export type OffsetAnswer = OffsetQuery & {
  readonly errorCode: number;
  readonly offset: number;
  readonly recordTimestampMs: number;
  /** Why the partition's leader gave no answer, while another did; the error code is then NETWORK_EXCEPTION. */
  readonly failure?: ClientError;
};

/** So often are partitions whose leader has moved asked again. */
const MOVES_MAX = 1;
/** A leader that was just elected does not know the end yet (KIP-207): so often is it asked again, some tenths of a second apart. */
const WAITS_MAX = 10;

/** How offsets are asked for. */
export type ListOffsetsOptions = { readonly isolation?: "uncommitted" | "committed"; readonly deadlineMs?: number };

/**
 * Looks offsets up, one request a leader. Partitions whose leader has moved are asked again once, those of one that was just elected for a second
 * and never past the deadline; without a leader they answer LEADER_NOT_AVAILABLE. Answers come in the order of the queries. One partition may be
 * asked for several timestamps. A leader that fails does not spoil the others' answers. Rejects with a ClientError when no metadata can be had.
 */
export async function listOffsets(
  client: ClusterClient,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions = {},
): Promise<OffsetAnswer[]> {
  const deadlineMs = options.deadlineMs ?? client.deadline();
  const answers = new Map<OffsetQuery, OffsetAnswer>();
  let open: readonly OffsetQuery[] = queries;
  let [moves, waits] = [0, 0];
  while (open.length > 0) {
    const byLeader = await groupByLeader(client, open, deadlineMs);
    const rounds = [...byLeader].flatMap(([node, group]) =>
      node === undefined ? [] : inRounds(group).map((round) => ({ node, round })),
    );
    for (const query of byLeader.get(undefined) ?? []) answers.set(query, failed(query, LEADER_NOT_AVAILABLE));
    const found = await Promise.all(
      rounds.map(({ node, round }) => askOrFail(client, node, round, { ...options, deadlineMs })),
    );
    for (const answer of found.flat()) answers.set(answer.query, answer.answer);
    const moved = moves < MOVES_MAX ? open.filter((query) => verdictOf(answers.get(query)) === "refresh") : [];
    const mayWait = waits < WAITS_MAX && client.canBackOff(deadlineMs);
    const early = mayWait ? open.filter((query) => verdictOf(answers.get(query)) === "retry") : [];
    for (const { topic } of moved) client.metadata.forget(topic);
    if (moved.length > 0) moves += 1;
    if (early.length > 0) {
      waits += 1;
      await client.backOff();
    }
    open = [...moved, ...early];
  }
  return queries.map((query) => answers.get(query) ?? failed(query, LEADER_NOT_AVAILABLE));
}

/** Who has no answer because a request failed is not asked again: it took its time already. */
function verdictOf(answer: OffsetAnswer | undefined): Verdict {
  return answer === undefined || answer.failure !== undefined ? "answer" : judge(answer.errorCode);
}

async function askOrFail(
  client: ClusterClient,
  node: number,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions,
): Promise<Found[]> {
  try {
    return await askNode(client, node, queries, options);
  } catch (failure) {
    if (!(failure instanceof ClientError)) throw failure;
    // Whoever leads by now is asked next time.
    for (const { topic } of queries) client.metadata.forget(topic);
    return queries.map((query) => ({ query, answer: { ...failed(query, NETWORK_EXCEPTION), failure } }));
  }
}

type Found = { readonly query: OffsetQuery; readonly answer: OffsetAnswer };

async function askNode(
  client: ClusterClient,
  node: number,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions,
): Promise<Found[]> {
  const topics = [...groupByTopic(queries)].map(([name, group]) => ({
    name,
    partitions: group.map(({ partition, timestampMs }) => ({ partitionIndex: partition, timestamp: timestampMs })),
  }));
  const { isolation, deadlineMs } = options;
  const request = { replicaId: CONSUMER, isolationLevel: isolation === "committed" ? 1 : 0, topics };
  const response = await client.send(ListOffsets, request, {
    to: { node },
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  // By topic and then by number: a text for each of 20,000 partitions takes longer than all else here.
  const byTopic = new Map(
    response.topics.map(({ name, partitions }) => [
      name,
      new Map(partitions.map((found) => [found.partitionIndex, found])),
    ]),
  );
  return queries.map((query) => {
    const { topic, partition, timestampMs } = query;
    const found = byTopic.get(topic)?.get(partition);
    if (found === undefined) return { query, answer: failed(query, LEADER_NOT_AVAILABLE) };
    const { errorCode, offset, timestamp: recordTimestampMs } = found;
    return { query, answer: { topic, partition, timestampMs, errorCode, offset, recordTimestampMs } };
  });
}

/** A broker refuses a request that names a partition twice, so further timestamps of a partition go into further requests. */
function inRounds(queries: readonly OffsetQuery[]): OffsetQuery[][] {
  const rounds: OffsetQuery[][] = [];
  const countsByTopic = new Map<string, Map<number, number>>();
  for (const query of queries) {
    const counts = countsByTopic.get(query.topic) ?? new Map<number, number>();
    countsByTopic.set(query.topic, counts);
    const round = counts.get(query.partition) ?? 0;
    counts.set(query.partition, round + 1);
    const list = rounds[round];
    if (list) list.push(query);
    else rounds[round] = [query];
  }
  return rounds;
}

function failed(query: OffsetQuery, errorCode: number): OffsetAnswer {
  return { ...query, errorCode, offset: -1, recordTimestampMs: -1 };
}
