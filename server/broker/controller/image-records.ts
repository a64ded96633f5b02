import { AccessControlEntryRecord } from "../../wire/records/metadata/access-control-entry-record.ts";
import { ClientQuotaRecord } from "../../wire/records/metadata/client-quota-record.ts";
import { ConfigRecord } from "../../wire/records/metadata/config-record.ts";
import { DelegationTokenRecord } from "../../wire/records/metadata/delegation-token-record.ts";
import { FeatureLevelRecord } from "../../wire/records/metadata/feature-level-record.ts";
import { PartitionRecord } from "../../wire/records/metadata/partition-record.ts";
import { ProducerIdsRecord } from "../../wire/records/metadata/producer-ids-record.ts";
import { RegisterBrokerRecord } from "../../wire/records/metadata/register-broker-record.ts";
import { RegisterControllerRecord } from "../../wire/records/metadata/register-controller-record.ts";
import { TopicRecord } from "../../wire/records/metadata/topic-record.ts";
import { UserScramCredentialRecord } from "../../wire/records/metadata/user-scram-credential-record.ts";
import type { MetadataImage } from "./image.ts";
import { newRecord, type NewMetadataRecord } from "./new-record.ts";

const METADATA_VERSION = "metadata.version";

/** The records that build this image from nothing, in the order of Kafka's snapshots: metadata.version first, because it says how to read the rest. */
export function* imageRecords(image: MetadataImage): Generator<NewMetadataRecord, void, void> {
  yield* featureRecords(image);
  yield* nodeRecords(image);
  yield* topicRecords(image);
  for (const [key, settings] of image.configs) {
    const colon = key.indexOf(":");
    const [resourceType, resourceName] = [Number(key.slice(0, colon)), key.slice(colon + 1)];
    for (const [name, value] of settings) yield newRecord(ConfigRecord, { resourceType, resourceName, name, value });
  }
  for (const { entity, limits } of image.clientQuotas.values()) {
    const entityParts = entity.map(({ type, name }) => ({ entityType: type, entityName: name }));
    for (const [key, value] of limits) yield newRecord(ClientQuotaRecord, { entity: entityParts, key, value });
  }
  if (image.nextProducerId > 0)
    yield newRecord(ProducerIdsRecord, { brokerId: -1, brokerEpoch: -1, nextProducerId: image.nextProducerId });
  for (const acl of image.acls.values()) yield newRecord(AccessControlEntryRecord, acl);
  for (const { user: name, ...credential } of image.scramCredentials.values())
    yield newRecord(UserScramCredentialRecord, { name, ...credential });
  for (const token of image.delegationTokens.values()) {
    const {
      issueTimestampMs: issueTimestamp,
      maxTimestampMs: maxTimestamp,
      expirationTimestampMs: expirationTimestamp,
    } = token;
    const { tokenId, owner, requester, renewers } = token;
    yield newRecord(DelegationTokenRecord, {
      tokenId,
      owner,
      requester,
      renewers,
      issueTimestamp,
      maxTimestamp,
      expirationTimestamp,
    });
  }
}

function* featureRecords(image: MetadataImage): Generator<NewMetadataRecord, void, void> {
  const level = image.features.get(METADATA_VERSION);
  if (level !== undefined) yield newRecord(FeatureLevelRecord, { name: METADATA_VERSION, featureLevel: level });
  for (const [name, featureLevel] of image.features)
    if (name !== METADATA_VERSION) yield newRecord(FeatureLevelRecord, { name, featureLevel });
}

function* nodeRecords(image: MetadataImage): Generator<NewMetadataRecord, void, void> {
  for (const broker of image.brokers.values()) {
    const { id: brokerId, epoch: brokerEpoch, endpoints: endPoints, incarnationId } = broker;
    const { features, rack, fenced, inControlledShutdown, logDirs } = broker;
    yield newRecord(RegisterBrokerRecord, {
      brokerId,
      brokerEpoch,
      endPoints,
      incarnationId,
      features,
      rack,
      fenced,
      inControlledShutdown,
      logDirs,
    });
  }
  for (const controller of image.controllers.values()) {
    const { id: controllerId, incarnationId, zkMigrationReady, endpoints: endPoints, features } = controller;
    yield newRecord(RegisterControllerRecord, { controllerId, incarnationId, zkMigrationReady, endPoints, features });
  }
}

function* topicRecords(image: MetadataImage): Generator<NewMetadataRecord, void, void> {
  for (const topic of image.topicsById.values()) {
    yield newRecord(TopicRecord, { name: topic.name, topicId: topic.id });
    for (const partition of topic.partitions) {
      const { partition: partitionId, eligibleLeaderReplicas, lastKnownElr, ...state } = partition;
      yield newRecord(PartitionRecord, {
        topicId: topic.id,
        partitionId,
        ...state,
        eligibleLeaderReplicas: eligibleLeaderReplicas.length > 0 ? eligibleLeaderReplicas : null,
        lastKnownElr: lastKnownElr.length > 0 ? lastKnownElr : null,
      });
    }
  }
}
