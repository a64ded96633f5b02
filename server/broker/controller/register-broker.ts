import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { BrokerRegistration } from "../../wire/apis/broker-registration.ts";
import {
  DUPLICATE_BROKER_REGISTRATION,
  INCONSISTENT_CLUSTER_ID,
  INVALID_REGISTRATION,
  NONE,
  UNSUPPORTED_VERSION,
} from "../../wire/errors.ts";
import { RegisterBrokerRecord } from "../../wire/records/metadata/register-broker-record.ts";
import { leave, leaveUncleanly } from "./broker-lifecycle.ts";
import { isElrEnabled, type ControllerView } from "./broker-state.ts";
import type { BrokerImage } from "./image.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";

/** What a registration depends on beside the image. */
export type RegistrationFacts = {
  readonly clusterId: string;
  /** Offset that the next record gets: the broker's epoch. */
  readonly nextOffset: number;
  /** Whether the registered broker of this id was heard of within its session time. */
  readonly isAlive: boolean;
};

/**
 * Decides a BrokerRegistration (KIP-631, KIP-858, KIP-966). A broker starts fenced. One that comes back without having stopped in order loses its place
 * among in-sync and eligible replicas first.
 */
export function registerBroker(
  view: ControllerView,
  request: RequestOf<typeof BrokerRegistration>,
  facts: RegistrationFacts,
): Decision<ResponseInput<typeof BrokerRegistration>> {
  const refused = refusalOf(view, request, facts);
  if (refused !== NONE) return { records: [], response: { errorCode: refused } };
  const existing = view.image.brokers.get(request.brokerId);
  if (existing !== undefined && existing.incarnationId === request.incarnationId)
    return { records: [], response: { errorCode: NONE, brokerEpoch: existing.epoch } };
  const before = existing === undefined ? [] : departure(view, existing, request.previousBrokerEpoch);
  const brokerEpoch = facts.nextOffset + before.length;
  const registration = newRecord(RegisterBrokerRecord, {
    brokerId: request.brokerId,
    incarnationId: request.incarnationId,
    brokerEpoch,
    endPoints: request.listeners,
    features: request.features,
    rack: request.rack,
    fenced: true,
    logDirs: request.logDirs,
  });
  return { records: [...before, registration], response: { errorCode: NONE, brokerEpoch } };
}

function refusalOf(
  view: ControllerView,
  request: RequestOf<typeof BrokerRegistration>,
  facts: RegistrationFacts,
): number {
  if (request.clusterId !== facts.clusterId) return INCONSISTENT_CLUSTER_ID;
  if (new Set(request.logDirs).size !== request.logDirs.length) return INVALID_REGISTRATION;
  for (const broker of view.image.brokers.values())
    if (broker.id !== request.brokerId && broker.logDirs.some((directory) => request.logDirs.includes(directory)))
      return INVALID_REGISTRATION;
  for (const [name, level] of view.image.features) {
    const range = request.features.find((feature) => feature.name === name);
    if (range === undefined || level < range.minSupportedVersion || level > range.maxSupportedVersion)
      return UNSUPPORTED_VERSION;
  }
  const existing = view.image.brokers.get(request.brokerId);
  if (existing === undefined || !facts.isAlive || existing.incarnationId === request.incarnationId) return NONE;
  // Kafka refuses here until the session is over. Who has the same log directories holds their lock, so the one before it is dead, and
  // a broker that was killed is back at once.
  const sameDirectories =
    request.logDirs.length > 0 && [...existing.logDirs].sort().join() === [...request.logDirs].sort().join();
  return sameDirectories ? NONE : DUPLICATE_BROKER_REGISTRATION;
}

function departure(
  view: ControllerView,
  existing: BrokerImage,
  previousBrokerEpoch: number,
): readonly NewMetadataRecord[] {
  const stoppedInOrder = previousBrokerEpoch === existing.epoch;
  return stoppedInOrder ? leave(view, existing) : leaveUncleanly(view, existing, isElrEnabled(view.image));
}
