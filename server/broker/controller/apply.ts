import type { MetadataRecord } from "../../wire/records/metadata/table.ts";
import { applyAccess, type AccessRecord } from "./apply-access.ts";
import { applyBroker, type BrokerRecord } from "./apply-brokers.ts";
import { applyTopic, type TopicRecords } from "./apply-topics.ts";
import type { MutableChanges } from "./changes.ts";
import { configKey, type MutableImage } from "./image.ts";

/**
 * The only writer of an image: live in the controller and the brokers, and at load; replay is a loop over it. Notes what it touched in `changes`.
 * Throws AssertionError when the record contradicts the image, which only a damaged log or a bug can bring about.
 */
export function apply(image: MutableImage, record: MetadataRecord, changes: MutableChanges): void {
  if (isTopicRecord(record)) return applyTopic(image, record, changes);
  if (isBrokerRecord(record)) return applyBroker(image, record, changes);
  if (isAccessRecord(record)) return applyAccess(image, record, changes);
  switch (record.name) {
    case "ConfigRecord": {
      const { resourceType: type, resourceName: name, name: config, value } = record.value;
      return setConfig(image, { type, name, config, value }, changes);
    }
    case "FeatureLevelRecord":
      if (record.value.featureLevel === 0) image.features.delete(record.value.name);
      else image.features.set(record.value.name, record.value.featureLevel);
      changes.features = true;
      return;
    case "ProducerIdsRecord":
      image.nextProducerId = record.value.nextProducerId;
      changes.producerIds = true;
      return;
    case "RegisterControllerRecord": {
      const { controllerId: id, incarnationId, zkMigrationReady, endPoints: endpoints, features } = record.value;
      image.controllers.set(id, { id, incarnationId, zkMigrationReady, endpoints, features });
      return;
    }
    case "NoOpRecord":
    case "BeginTransactionRecord":
    case "EndTransactionRecord":
    case "AbortTransactionRecord":
    case "ZkMigrationStateRecord":
      // Transactions of the metadata log are not written here; of Apache Kafka's only the bootstrap one is complete in every log.
      return;
    default:
      record satisfies never;
  }
}

type Setting = { readonly type: number; readonly name: string; readonly config: string; readonly value: string | null };

function setConfig(image: MutableImage, { type, name, config, value }: Setting, changes: MutableChanges): void {
  const key = configKey({ type, name });
  const settings = new Map(image.configs.get(key) ?? []);
  if (value === null) settings.delete(config);
  else settings.set(config, value);
  if (settings.size === 0) image.configs.delete(key);
  else image.configs.set(key, settings);
  changes.configs.set(key, { type, name });
}

function isTopicRecord(record: MetadataRecord): record is TopicRecords {
  switch (record.name) {
    case "TopicRecord":
    case "PartitionRecord":
    case "PartitionChangeRecord":
    case "RemoveTopicRecord":
    case "ClearElrRecord":
      return true;
    default:
      return false;
  }
}

function isBrokerRecord(record: MetadataRecord): record is BrokerRecord {
  switch (record.name) {
    case "RegisterBrokerRecord":
    case "UnregisterBrokerRecord":
    case "FenceBrokerRecord":
    case "UnfenceBrokerRecord":
    case "BrokerRegistrationChangeRecord":
      return true;
    default:
      return false;
  }
}

function isAccessRecord(record: MetadataRecord): record is AccessRecord {
  switch (record.name) {
    case "ClientQuotaRecord":
    case "UserScramCredentialRecord":
    case "RemoveUserScramCredentialRecord":
    case "AccessControlEntryRecord":
    case "RemoveAccessControlEntryRecord":
    case "DelegationTokenRecord":
    case "RemoveDelegationTokenRecord":
      return true;
    default:
      return false;
  }
}
