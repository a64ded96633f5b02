import { BrokerRegistrationChangeRecord } from "../../wire/records/metadata/broker-registration-change-record.ts";
import { RegistrationChange } from "./apply-brokers.ts";
import { movePartitions, type ControllerView } from "./broker-state.ts";
import { NO_LEADER, type BrokerImage } from "./image.ts";
import { newRecord, type NewMetadataRecord } from "./new-record.ts";

/** Fences a broker: clients no longer see it, and others lead what it led. */
export function fenceBroker(view: ControllerView, broker: BrokerImage): readonly NewMetadataRecord[] {
  const fence = newRecord(
    BrokerRegistrationChangeRecord,
    { brokerId: broker.id, brokerEpoch: broker.epoch, fenced: RegistrationChange.fence },
    0,
  );
  return [...leave(view, broker), fence];
}

/** Lets a broker take part: it leads what nobody leads and it may lead. */
export function unfenceBroker(view: ControllerView, broker: BrokerImage): readonly NewMetadataRecord[] {
  const unfence = newRecord(
    BrokerRegistrationChangeRecord,
    { brokerId: broker.id, brokerEpoch: broker.epoch, fenced: RegistrationChange.unfence },
    0,
  );
  return [unfence, ...movePartitions(view, { joining: broker.id }, (partition) => partition.leader === NO_LEADER)];
}

/** Begins a controlled shutdown: the broker's leaderships move while it still serves. */
export function beginControlledShutdown(view: ControllerView, broker: BrokerImage): readonly NewMetadataRecord[] {
  const begin = newRecord(
    BrokerRegistrationChangeRecord,
    { brokerId: broker.id, brokerEpoch: broker.epoch, inControlledShutdown: RegistrationChange.controlledShutdown },
    1,
  );
  return [begin, ...leave(view, broker)];
}

/** The broker is no longer among the in-sync replicas of anything. */
export function leave(view: ControllerView, broker: Pick<BrokerImage, "id">): readonly NewMetadataRecord[] {
  return movePartitions(view, { leaving: broker.id }, (partition) => partition.isr.includes(broker.id));
}

/**
 * The broker came back without having stopped in order: the last records that it acknowledged may be missing, so it is neither in sync nor eligible.
 * Without ELR that is not told apart from a plain stop.
 */
export function leaveUncleanly(
  view: ControllerView,
  broker: Pick<BrokerImage, "id">,
  elrEnabled: boolean,
): readonly NewMetadataRecord[] {
  if (!elrEnabled) return leave(view, broker);
  return movePartitions(
    view,
    { unclean: broker.id },
    (partition) => partition.isr.includes(broker.id) || partition.eligibleLeaderReplicas.includes(broker.id),
  );
}

/** Log directories of a broker failed (KIP-858): the replicas in them are no longer in sync, and others lead what they led. */
export function loseDirectories(
  view: ControllerView,
  broker: BrokerImage,
  lost: readonly string[],
): readonly NewMetadataRecord[] {
  const logDirs = broker.logDirs.filter((directory) => !lost.includes(directory));
  const change = newRecord(
    BrokerRegistrationChangeRecord,
    { brokerId: broker.id, brokerEpoch: broker.epoch, logDirs },
    2,
  );
  const moves = movePartitions(view, { leaving: broker.id }, ({ isr, replicas, directories }) => {
    const directory = directories[replicas.indexOf(broker.id)];
    return isr.includes(broker.id) && directory !== undefined && lost.includes(directory);
  });
  return logDirs.length > 0 ? [change, ...moves] : moves;
}

/** Whether the broker leads anything. */
export function hasLeaderships(view: ControllerView, broker: number): boolean {
  for (const topic of view.image.topicsByName.values())
    if (topic.partitions.some((partition) => partition.leader === broker)) return true;
  return false;
}
