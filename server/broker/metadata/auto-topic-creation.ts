import { ClientError } from "../../client/client-error.ts";
import type { Environment } from "../../environment/environment.ts";
import type { RequestInput } from "../../wire/api.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { LEADER_NOT_AVAILABLE, NONE, REQUEST_TIMED_OUT, TOPIC_ALREADY_EXISTS } from "../../wire/errors.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { NO_LEADER, type MetadataImage } from "../controller/image.ts";
import { checkTopicName } from "../controller/topic-name.ts";
import type { Refusal } from "../refusal.ts";
import type { ControllerChannel } from "./controller-channel.ts";
import type { MetadataFollower } from "./metadata-follower.ts";

type NewTopic = NonNullable<RequestInput<typeof CreateTopics>["topics"]>[number];

/** What became of a topic: it is there and has leaders, or why not. */
export type AutoCreated = "created" | Refusal;

/** Makes topics that clients ask for and the cluster's own ones, once however many ask at a time. */
export class AutoTopicCreation {
  readonly #running = new Map<string, Promise<AutoCreated>>();

  constructor(
    private readonly environment: Environment,
    private readonly options: {
      readonly channel: ControllerChannel;
      readonly follower: MetadataFollower;
      readonly config: BrokerConfig;
    },
  ) {}

  /** Asks the controller for the topics and waits until this broker knows them with leaders, at most to the monotonic deadline. */
  async create(names: readonly string[], deadlineMs: number): Promise<ReadonlyMap<string, AutoCreated>> {
    const fresh = new Set(names.filter((name) => !this.#running.has(name)));
    const wanted = [...fresh].filter((name) => checkTopicName(name) === undefined);
    if (wanted.length > 0) {
      const answers = this.#request(wanted, deadlineMs);
      for (const name of wanted) {
        const one = answers.then((found) => found.get(name) ?? { errorCode: LEADER_NOT_AVAILABLE });
        this.#running.set(name, one);
        void one.finally(() => this.#running.delete(name));
      }
    }
    const results = new Map<string, AutoCreated>();
    for (const name of names) results.set(name, checkTopicName(name) ?? (await this.#running.get(name)) ?? "created");
    return results;
  }

  async #request(names: readonly string[], deadlineMs: number): Promise<ReadonlyMap<string, AutoCreated>> {
    const results = new Map<string, AutoCreated>();
    const timeoutMs = Math.max(1, Math.ceil(deadlineMs - this.environment.clock.monotonicMs()));
    const topics = names.map((name) => this.#settingsOf(name));
    try {
      const response = await this.options.channel.send(CreateTopics, { topics, timeoutMs }, deadlineMs);
      for (const { name, errorCode, errorMessage } of response.topics) {
        if (errorCode === NONE || errorCode === TOPIC_ALREADY_EXISTS) results.set(name, "created");
        else results.set(name, { errorCode, ...(errorMessage === null ? {} : { message: errorMessage }) });
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      for (const name of names) results.set(name, { errorCode: REQUEST_TIMED_OUT, message: error.message });
    }
    const made = names.filter((name) => results.get(name) === "created");
    const isKnown = await this.options.follower.whenImage(
      (image) => made.every((name) => hasLeaders(image, name)),
      deadlineMs,
    );
    if (!isKnown) for (const name of made) results.set(name, { errorCode: LEADER_NOT_AVAILABLE });
    return results;
  }

  /** The cluster's own topics have settings of their own (GroupCoordinator, TransactionCoordinator, ShareCoordinator). */
  #settingsOf(name: string): NewTopic {
    const { config } = this.options;
    switch (name) {
      case "__consumer_offsets":
        return {
          name,
          numPartitions: config.get("offsets.topic.num.partitions"),
          replicationFactor: config.get("offsets.topic.replication.factor"),
          configs: [
            { name: "cleanup.policy", value: "compact" },
            { name: "compression.type", value: "producer" },
            { name: "segment.bytes", value: String(config.get("offsets.topic.segment.bytes")) },
          ],
        };
      case "__transaction_state":
        return {
          name,
          numPartitions: config.get("transaction.state.log.num.partitions"),
          replicationFactor: config.get("transaction.state.log.replication.factor"),
          configs: [
            { name: "cleanup.policy", value: "compact" },
            { name: "compression.type", value: "uncompressed" },
            { name: "min.insync.replicas", value: String(config.get("transaction.state.log.min.isr")) },
            { name: "segment.bytes", value: String(config.get("transaction.state.log.segment.bytes")) },
            { name: "unclean.leader.election.enable", value: "false" },
          ],
        };
      case "__share_group_state":
        return {
          name,
          numPartitions: config.get("share.coordinator.state.topic.num.partitions"),
          replicationFactor: config.get("share.coordinator.state.topic.replication.factor"),
          configs: [
            { name: "cleanup.policy", value: "delete" },
            { name: "compression.type", value: "producer" },
            { name: "min.insync.replicas", value: String(config.get("share.coordinator.state.topic.min.isr")) },
            { name: "retention.ms", value: "-1" },
            { name: "segment.bytes", value: String(config.get("share.coordinator.state.topic.segment.bytes")) },
          ],
        };
      default:
        return { name, numPartitions: -1, replicationFactor: -1 };
    }
  }
}

function hasLeaders(image: MetadataImage, name: string): boolean {
  const topic = image.topicsByName.get(name);
  return topic !== undefined && topic.partitions.every((partition) => partition.leader !== NO_LEADER);
}
