import type { AnyApi, RequestInput, ResponseOf } from "../../../wire/api.ts";
import { ListOffsets } from "../../../wire/apis/list-offsets.ts";
import { ZERO_UUID } from "../../../wire/uuid.ts";
import type { TestClient } from "../../testing/test-client.ts";

/** One side of the comparison: asks a cluster, and keeps what it answered without what must differ. */
export class Talk {
  readonly notes: Record<string, unknown> = {};
  private readonly ids = new Map<string, string>();

  constructor(readonly client: TestClient) {}

  /** Asks and keeps the answer; gives it to the script as well. A connection that is closed instead is kept as that. */
  async note<A extends AnyApi>(
    label: string,
    api: A,
    request: RequestInput<A>,
    version?: number,
  ): Promise<ResponseOf<A>> {
    const answer = await this.client.ask(api, request, version);
    this.notes[label] = this.plain(answer, "");
    return answer;
  }

  async createTopic(name: string, configs: Record<string, string> = {}, partitions = 1): Promise<string> {
    const id = await this.client.createTopic(name, configs, partitions);
    this.ids.set(id, `id of ${name}`);
    // A broker of Kafka hears of its leadership after the metadata tells it.
    for (let partitionIndex = 0; partitionIndex < partitions;) {
      const asked = [{ name, partitions: [{ partitionIndex, timestamp: -1 }] }];
      const { topics } = await this.client.ask(ListOffsets, { replicaId: -1, topics: asked });
      if (topics[0]?.partitions[0]?.errorCode === 0) partitionIndex++;
    }
    return id;
  }

  /** Values that are chosen by the cluster become words, texts for people go. */
  private plain(value: unknown, field: string): unknown {
    if (value instanceof Uint8Array) return value.byteLength;
    if (Array.isArray(value)) {
      const plain = value.map((element) => this.plain(element, field));
      return UNORDERED.has(field) ? Object.fromEntries(plain.map((element) => [nameOf(element), element])) : plain;
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.plain(inner, key)]));
    }
    if (field === "topicId" && typeof value === "string")
      return this.ids.get(value) ?? (value === ZERO_UUID ? value : "an id");
    if (CHOSEN.has(field)) return value === null || value === -1 || value === 0 || value === "" ? value : "chosen";
    return TEXTS.has(field) ? value === null : value;
  }
}

/** Chosen by each cluster. */
const CHOSEN: ReadonlySet<string> = new Set([
  "host",
  "port",
  "clusterId",
  "sessionId",
  "producerId",
  "logDir",
  "totalBytes",
  "usableBytes",
  "lastTimestamp",
  "finalizedFeaturesEpoch",
  "logAppendTimeMs",
]);
/** For people: only whether there is one is compared. */
const TEXTS: ReadonlySet<string> = new Set(["errorMessage", "documentation", "batchIndexErrorMessage"]);

/** Lists whose order Kafka leaves to a hash table. */
const UNORDERED: ReadonlySet<string> = new Set(["configs", "topics", "responses", "results", "partitions", "entity"]);

function nameOf(value: unknown): string {
  if (!isObject(value)) return String(value);
  return [
    value["name"],
    value["topic"],
    value["topicId"],
    value["resourceType"],
    value["resourceName"],
    value["partitionIndex"],
    value["entityType"],
  ].join(" ");
}

/** The same steps for two clusters. */
export type Script = (talk: Talk) => Promise<void>;

/** Where two answers differ: path, theirs, ours. */
export function differences(theirs: unknown, ours: unknown, path: string): string[] {
  if (isObject(theirs) && isObject(ours)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    return keys.flatMap((key) => differences(theirs[key], ours[key], path === "" ? key : `${path}.${key}`));
  }
  const [expected, actual] = [JSON.stringify(theirs), JSON.stringify(ours)];
  return expected === actual ? [] : [`${path}: ${expected} but ${actual}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
