import { BeginTransactionRecord } from "../../wire/records/metadata/begin-transaction-record.ts";
import { ConfigRecord } from "../../wire/records/metadata/config-record.ts";
import { EndTransactionRecord } from "../../wire/records/metadata/end-transaction-record.ts";
import { FeatureLevelRecord } from "../../wire/records/metadata/feature-level-record.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { bootstrapFeatures } from "./features.ts";
import { BROKER_RESOURCE } from "./image.ts";
import { newRecord, type NewMetadataRecord } from "./new-record.ts";

/** The first records of a cluster, those that Apache Kafka 4.2 writes: its features, and min.insync.replicas, which eligible leader replicas need set. */
export function bootstrapRecords(config: BrokerConfig): readonly NewMetadataRecord[] {
  return [
    newRecord(BeginTransactionRecord, { name: "Bootstrap records" }),
    ...bootstrapFeatures.map(({ name, level }) => newRecord(FeatureLevelRecord, { name, featureLevel: level })),
    newRecord(ConfigRecord, {
      resourceType: BROKER_RESOURCE,
      resourceName: "",
      name: "min.insync.replicas",
      value: String(config.get("min.insync.replicas")),
    }),
    newRecord(EndTransactionRecord, {}),
  ];
}
