import { decodeMetadataFrame } from "../../metadata-record.ts";
import type { AnyRecordType, RecordOf } from "../../record-type.ts";
import { AbortTransactionRecord } from "./abort-transaction-record.ts";
import { AccessControlEntryRecord } from "./access-control-entry-record.ts";
import { BeginTransactionRecord } from "./begin-transaction-record.ts";
import { BrokerRegistrationChangeRecord } from "./broker-registration-change-record.ts";
import { ClearElrRecord } from "./clear-elr-record.ts";
import { ClientQuotaRecord } from "./client-quota-record.ts";
import { ConfigRecord } from "./config-record.ts";
import { DelegationTokenRecord } from "./delegation-token-record.ts";
import { EndTransactionRecord } from "./end-transaction-record.ts";
import { FeatureLevelRecord } from "./feature-level-record.ts";
import { FenceBrokerRecord } from "./fence-broker-record.ts";
import { NoOpRecord } from "./no-op-record.ts";
import { PartitionChangeRecord } from "./partition-change-record.ts";
import { PartitionRecord } from "./partition-record.ts";
import { ProducerIdsRecord } from "./producer-ids-record.ts";
import { RegisterBrokerRecord } from "./register-broker-record.ts";
import { RegisterControllerRecord } from "./register-controller-record.ts";
import { RemoveAccessControlEntryRecord } from "./remove-access-control-entry-record.ts";
import { RemoveDelegationTokenRecord } from "./remove-delegation-token-record.ts";
import { RemoveTopicRecord } from "./remove-topic-record.ts";
import { RemoveUserScramCredentialRecord } from "./remove-user-scram-credential-record.ts";
import { TopicRecord } from "./topic-record.ts";
import { UnfenceBrokerRecord } from "./unfence-broker-record.ts";
import { UnregisterBrokerRecord } from "./unregister-broker-record.ts";
import { UserScramCredentialRecord } from "./user-scram-credential-record.ts";
import { ZkMigrationStateRecord } from "./zk-migration-state-record.ts";

const declared = {
  RegisterBrokerRecord,
  UnregisterBrokerRecord,
  TopicRecord,
  PartitionRecord,
  ConfigRecord,
  PartitionChangeRecord,
  FenceBrokerRecord,
  UnfenceBrokerRecord,
  RemoveTopicRecord,
  DelegationTokenRecord,
  UserScramCredentialRecord,
  FeatureLevelRecord,
  ClientQuotaRecord,
  ProducerIdsRecord,
  BrokerRegistrationChangeRecord,
  AccessControlEntryRecord,
  RemoveAccessControlEntryRecord,
  NoOpRecord,
  ZkMigrationStateRecord,
  RemoveUserScramCredentialRecord,
  BeginTransactionRecord,
  EndTransactionRecord,
  AbortTransactionRecord,
  RemoveDelegationTokenRecord,
  RegisterControllerRecord,
  ClearElrRecord,
} as const;

type MetadataRecordTypes = typeof declared;

/** Every record type of the metadata log of Kafka 4.2, by its number. */
export const metadataRecordTypes: ReadonlyMap<number, AnyRecordType> = new Map<number, AnyRecordType>(
  Object.values(declared).map((type) => [type.apiKey, type]),
);

/** A decoded record of the metadata log; `name` tells its type. */
export type MetadataRecord = {
  [N in keyof MetadataRecordTypes]: {
    readonly name: N;
    readonly version: number;
    readonly value: RecordOf<MetadataRecordTypes[N]>;
  };
}[keyof MetadataRecordTypes];

/** Reads the value of a record of the metadata log. Throws WireError. */
export function decodeMetadataRecord(bytes: Uint8Array): MetadataRecord {
  const { type, version, value } = decodeMetadataFrame(metadataRecordTypes, bytes);
  // Narrowing: the table gives each name its own type, and the value was decoded by it.
  return { name: type.name, version, value } as MetadataRecord;
}
