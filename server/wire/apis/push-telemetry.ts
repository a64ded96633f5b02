import { api } from "../api.ts";
import { bool, bytes, i16, i32, i8, uuid } from "../schema.ts";

/** Pushes a client's metrics (KIP-714). */
export const PushTelemetry = api(
  { key: 72, name: "PushTelemetry", versions: "0", flexible: 0, listeners: ["broker"] },
  { clientInstanceId: uuid, subscriptionId: i32, terminating: bool, compressionType: i8, metrics: bytes },
  { throttleTimeMs: i32, errorCode: i16 },
);
