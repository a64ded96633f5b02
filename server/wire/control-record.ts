import { buildBatch, type BatchOptions } from "./record-batch-builder.ts";

/** Kinds of control records by the number in their key (Kafka's ControlRecordType). */
export const CONTROL_RECORD_TYPES = [
  "abort",
  "commit",
  "leaderChange",
  "snapshotHeader",
  "snapshotFooter",
  "kraftVersion",
  "kraftVoters",
] as const;
/** A kind of control record; "unknown" for a number that Kafka 4.2 does not name. */
export type ControlRecordType = (typeof CONTROL_RECORD_TYPES)[number] | "unknown";

const KEY_VERSION = 0;
const KEY_BYTES = 4;
const MARKER_VERSION = 0;
const MARKER_BYTES = 6;

/** Key of a control record: version and type, 16 bits each. */
export function controlRecordKey(type: Exclude<ControlRecordType, "unknown">): Uint8Array {
  const key = Buffer.allocUnsafe(KEY_BYTES);
  key.writeInt16BE(KEY_VERSION, 0);
  key.writeInt16BE(CONTROL_RECORD_TYPES.indexOf(type), 2);
  return key;
}

/** The kind of a control record by its key; newer versions may append fields. Hostile keys are "unknown". */
export function controlRecordType(key: Uint8Array | null): ControlRecordType {
  if (key === null || key.length < KEY_BYTES) return "unknown";
  const type = new DataView(key.buffer, key.byteOffset, key.byteLength).getInt16(2);
  return CONTROL_RECORD_TYPES[type] ?? "unknown";
}

/** The coordinator's epoch in the value of an abort or commit marker; undefined for a value that is no marker's. */
export function markerCoordinatorEpoch(value: Uint8Array | null): number | undefined {
  if (value === null || value.length < MARKER_BYTES) return undefined;
  return new DataView(value.buffer, value.byteOffset, value.byteLength).getInt32(2);
}

/** What `buildEndTransactionMarker` needs beside the batch's place. */
export type EndTransactionMarker = {
  readonly type: "abort" | "commit";
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly timestampMs: number;
};

/** The control batch that ends a transaction on a partition; it takes one offset (KIP-98). */
export function buildEndTransactionMarker(
  marker: EndTransactionMarker,
  options: Pick<BatchOptions, "baseOffset" | "partitionLeaderEpoch"> = {},
): Uint8Array {
  const value = Buffer.allocUnsafe(MARKER_BYTES);
  value.writeInt16BE(MARKER_VERSION, 0);
  value.writeInt32BE(marker.coordinatorEpoch, 2);
  return buildBatch([{ timestampMs: marker.timestampMs, key: controlRecordKey(marker.type), value }], {
    ...options,
    producerId: marker.producerId,
    producerEpoch: marker.producerEpoch,
    isTransactional: true,
    isControl: true,
  });
}
