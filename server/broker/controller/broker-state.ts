import { topicConfigValue } from "../config/topic-config.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { DirectoryId } from "./directory-id.ts";
import { ELR_FEATURE } from "./features.ts";
import { configsOf, TOPIC_RESOURCE, type BrokerImage, type MetadataImage, type TopicImage } from "./image.ts";
import type { NewMetadataRecord } from "./new-record.ts";
import { changePartition, type Election, type PartitionChange } from "./partition-change.ts";

/** What decisions read: the image and the controller's own settings (the defaults of what nobody set). They change neither. */
export type ControllerView = { readonly image: MetadataImage; readonly config: BrokerConfig };

/** Whether a broker may get leaderships: registered, unfenced, not shutting down. */
export function isActive(broker: BrokerImage | undefined): boolean {
  return broker !== undefined && !broker.fenced && !broker.inControlledShutdown;
}

/** Whether replicas out of sync may be eligible leaders. */
export function isElrEnabled(image: MetadataImage): boolean {
  return (image.features.get(ELR_FEATURE) ?? 0) >= 1;
}

/** min.insync.replicas in force for a topic. */
export function minInsyncReplicas(view: ControllerView, topic: string): number {
  return topicConfigValue(
    configsOf(view.image, { type: TOPIC_RESOURCE, name: topic }),
    view.config,
    "min.insync.replicas",
  );
}

/** Whether a replica's directory works, as far as is known (KIP-858, DirectoryId.isOnline). */
function isOnline(broker: BrokerImage | undefined, directory: string | undefined): boolean {
  if (directory === undefined || directory === DirectoryId.unassigned || directory === DirectoryId.migrating)
    return true;
  if (directory === DirectoryId.lost) return false;
  return broker === undefined || broker.logDirs.length === 0 || broker.logDirs.includes(directory);
}

/** What decides about leaders and eligible replicas of a topic's partitions, whatever the change is. */
export function changeRules(
  view: ControllerView,
  topic: string,
): Pick<PartitionChange, "mayLead" | "minInsyncReplicas" | "elrEnabled"> {
  return {
    mayLead: (id, directory) => {
      const broker = view.image.brokers.get(id);
      return isActive(broker) && isOnline(broker, directory);
    },
    minInsyncReplicas: minInsyncReplicas(view, topic),
    elrEnabled: isElrEnabled(view.image),
  };
}

/** Who comes, goes, or came back without having stopped in order. */
export type BrokerMove = {
  /** Loses its place among the in-sync replicas and may not lead. */
  readonly leaving?: number;
  /** May lead although the image still has it fenced. */
  readonly joining?: number;
  /** Loses its place among in-sync and eligible replicas. */
  readonly unclean?: number;
};

/**
 * What a broker's coming or going means for the partitions that `concerns` picks: in-sync replicas and leaders
 * (ReplicationControlManager.generateLeaderAndIsrUpdates).
 */
export function movePartitions(
  view: ControllerView,
  move: BrokerMove,
  concerns: (partition: TopicImage["partitions"][number]) => boolean,
): readonly NewMetadataRecord[] {
  const { image } = view;
  const gone = [move.leaving, move.unclean];
  const mayLead = (id: number, directory: string | undefined): boolean => {
    const broker = image.brokers.get(id);
    return !gone.includes(id) && (id === move.joining || isActive(broker)) && isOnline(broker, directory);
  };
  const records: NewMetadataRecord[] = [];
  for (const topic of image.topicsByName.values()) {
    const concerned = topic.partitions.filter(concerns);
    if (concerned.length === 0) continue;
    const rules = { ...changeRules(view, topic.name), mayLead };
    for (const partition of concerned) {
      const record = changePartition({
        topicId: topic.id,
        partition,
        isr: partition.isr.filter((replica) => !gone.includes(replica)),
        election: electionOf(view, topic.name),
        ...rules,
        ...(move.unclean === undefined ? {} : { uncleanReplica: move.unclean }),
      });
      if (record !== undefined) records.push(record);
    }
  }
  return records;
}

/** How a topic's partitions get a leader when none of the replicas is surely whole (unclean.leader.election.enable). */
export function electionOf({ image, config }: ControllerView, topic: string): Election {
  const own = configsOf(image, { type: TOPIC_RESOURCE, name: topic });
  return topicConfigValue(own, config, "unclean.leader.election.enable") ? "unclean" : "online";
}
