import type { Disk } from "../../environment/environment.ts";

/** Version of the file for static voters (QuorumStateData v0, kraft.version 0). */
const DATA_VERSION = 0;
const FILE_NAME = "quorum-state";

/** Which epoch the quorum is in and who leads it, as this node last knew. */
export type QuorumState = {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly voters: readonly number[];
};

/** The file says something that this controller cannot go on from. */
export class QuorumStateError extends Error {
  override readonly name = "QuorumStateError";
}

/** Reads the file in the metadata log's directory; undefined when there is none. Throws QuorumStateError naming the file when it is damaged or newer. */
export function readQuorumState(disk: Disk, directory: string): QuorumState | undefined {
  const path = `${directory}/${FILE_NAME}`;
  const bytes = disk.readFile(path);
  if (bytes === undefined) return undefined;
  const fields = parse(Buffer.from(bytes).toString("utf8"));
  if (fields === undefined) throw new QuorumStateError(`${path} is damaged: restore it from a copy of the directory`);
  const { data_version: version, leaderId, leaderEpoch, currentVoters } = fields;
  if (version !== DATA_VERSION)
    throw new QuorumStateError(
      `${path} has data_version ${String(version)}; this controller knows ${DATA_VERSION}, static voters`,
    );
  if (typeof leaderId !== "number" || typeof leaderEpoch !== "number" || !Array.isArray(currentVoters))
    throw new QuorumStateError(`${path} is damaged: restore it from a copy of the directory`);
  const voters = currentVoters.map((voter: unknown) => Number(isRecord(voter) ? voter["voterId"] : Number.NaN));
  return { leaderId, leaderEpoch, voters };
}

/** Writes the file as Kafka's FileQuorumStateStore does. */
export function writeQuorumState(disk: Disk, directory: string, state: QuorumState): void {
  const json = JSON.stringify({
    clusterId: "",
    leaderId: state.leaderId,
    leaderEpoch: state.leaderEpoch,
    votedId: -1,
    appliedOffset: 0,
    currentVoters: state.voters.map((voterId) => ({ voterId })),
    data_version: DATA_VERSION,
  });
  disk.writeFileAtomic(`${directory}/${FILE_NAME}`, Buffer.from(json));
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
