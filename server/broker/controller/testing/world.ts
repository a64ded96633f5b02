import { SeededRandom } from "../../../environment/simulated/random.ts";
import { decodeMetadataRecord, type MetadataRecord } from "../../../wire/records/metadata/table.ts";
import { RegisterBrokerRecord } from "../../../wire/records/metadata/register-broker-record.ts";
import { BrokerConfig } from "../../config/broker-config.ts";
import { apply } from "../apply.ts";
import { bootstrapRecords } from "../bootstrap-records.ts";
import { unfenceBroker } from "../broker-lifecycle.ts";
import type { ControllerView } from "../broker-state.ts";
import { noChanges } from "../changes.ts";
import { createTopics } from "../create-topics.ts";
import { supportedFeatures } from "../features.ts";
import { emptyImage, type MutableImage, type PartitionImage } from "../image.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "../new-record.ts";

/** A controller without log, clock and network: decisions are applied as they come. */
export class World {
  readonly image: MutableImage = emptyImage();
  readonly config: BrokerConfig;
  readonly random = new SeededRandom("world");
  /** All records so far. */
  readonly records: NewMetadataRecord[] = [];

  constructor(settings: Readonly<Record<string, string>> = {}) {
    const config = BrokerConfig.fromTexts({ defaults: { "node.id": "100", ...settings } });
    if (!(config instanceof BrokerConfig)) throw new Error(config.map(({ message }) => message).join("\n"));
    this.config = config;
    this.apply(bootstrapRecords(config));
  }

  get view(): ControllerView {
    return { image: this.image, config: this.config };
  }

  /** Offset of the next record. */
  get nextOffset(): number {
    return this.records.length;
  }

  /** Applies records and gives them back, decoded. */
  apply(records: readonly NewMetadataRecord[]): MetadataRecord[] {
    const decoded = records.map((record) => decodeMetadataRecord(record));
    const changes = noChanges();
    for (const record of decoded) apply(this.image, record, changes);
    this.records.push(...records);
    this.config.applyMetadata(this.image);
    return decoded;
  }

  /** Applies a decision and gives its response. */
  take<Response>(decision: Decision<Response>): Response {
    this.apply(decision.records);
    return decision.response;
  }

  /** Registers a broker, fenced. Its epoch is the record's offset, its one directory is named after it. */
  register(id: number, rack: string | null = null): void {
    this.apply([
      newRecord(RegisterBrokerRecord, {
        brokerId: id,
        incarnationId: this.random.uuid(),
        brokerEpoch: this.nextOffset,
        features: supportedFeatures,
        rack,
        logDirs: [directoryOf(id)],
      }),
    ]);
  }

  /** Registers brokers and lets them take part. */
  brokers(...ids: readonly number[]): this {
    for (const id of ids) {
      this.register(id);
      this.unfence(id);
    }
    return this;
  }

  unfence(id: number): void {
    this.apply(unfenceBroker(this.view, this.broker(id)));
  }

  broker(id: number) {
    const broker = this.image.brokers.get(id);
    if (broker === undefined) throw new Error(`broker ${id} is registered`);
    return broker;
  }

  /** Makes a topic with these replicas for each partition; throws when it is refused. */
  topic(
    name: string,
    assignments: readonly (readonly number[])[],
    configs: Readonly<Record<string, string>> = {},
  ): void {
    const asked = assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds: [...brokerIds] }));
    const settings = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
    const topics = [{ name, numPartitions: -1, replicationFactor: -1, assignments: asked, configs: settings }];
    const [answer] = this.take(createTopics(this.view, { topics, validateOnly: false }, this.random));
    if (answer?.errorCode !== 0) throw new Error(answer?.errorMessage ?? "no answer");
  }

  partition(topic: string, partition = 0): PartitionImage {
    const found = this.image.topicsByName.get(topic)?.partitions[partition];
    if (found === undefined) throw new Error(`${topic}-${partition} exists`);
    return found;
  }

  /** Leader, in-sync and eligible replicas and last known leader of a partition, short. */
  state(topic: string, partition = 0): string {
    const { leader, isr, eligibleLeaderReplicas: elr, lastKnownElr } = this.partition(topic, partition);
    return `leader ${leader} isr ${isr.join(",")} elr ${elr.join(",")} last ${lastKnownElr.join(",")}`;
  }
}

/** The directory id of a broker of the world. */
export function directoryOf(broker: number): string {
  return `directory${broker}`.padEnd(22, "A");
}
