import type { Log } from "../../environment/environment.ts";
import type { MetadataChanges } from "./changes.ts";
import type { BrokerImage, MetadataImage } from "./image.ts";

/** Says in the log what a batch of metadata records changed: one line a topic or broker, so that a big topic stays one line. */
export function logChanges(
  log: Log,
  image: MetadataImage,
  changes: MetadataChanges,
  brokersBefore: ReadonlyMap<number, BrokerImage>,
): void {
  for (const id of changes.topicsCreated) {
    const topic = image.topicsById.get(id);
    if (topic !== undefined)
      log.info({ topic: topic.name, topicId: id, partitions: topic.partitions.length }, "topic created");
  }
  for (const topic of changes.topicsDeleted.values())
    log.info({ topic: topic.name, topicId: topic.id }, "topic deleted");
  for (const id of changes.brokers) {
    const [before, after] = [brokersBefore.get(id), image.brokers.get(id)];
    if (after === undefined) log.info({ brokerId: id }, "broker unregistered");
    else if (before?.epoch !== after.epoch)
      log.info({ brokerId: id, brokerEpoch: after.epoch, rack: after.rack }, "broker registered");
    else if (before.fenced !== after.fenced)
      log.info({ brokerId: id, brokerEpoch: after.epoch, fenced: after.fenced }, "broker fencing changed");
    else if (after.inControlledShutdown)
      log.info({ brokerId: id, brokerEpoch: after.epoch }, "broker shuts down in order");
  }
  for (const [id, partitions] of changes.partitions) {
    if (changes.topicsCreated.has(id)) continue;
    const topic = image.topicsById.get(id);
    if (topic === undefined) continue;
    for (const index of log.debugOn ? partitions : []) {
      const partition = topic.partitions[index];
      if (partition === undefined) continue;
      const { leader, leaderEpoch, isr } = partition;
      log.debug({ topic: topic.name, partition: index, leader, leaderEpoch, isr: isr.join(",") }, "partition changed");
    }
  }
}
