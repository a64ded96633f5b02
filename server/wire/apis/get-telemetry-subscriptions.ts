import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str, uuid } from "../schema.ts";

/** Asks which metrics a client should push (KIP-714). */
export const GetTelemetrySubscriptions = api(
  { key: 71, name: "GetTelemetrySubscriptions", versions: "0", flexible: 0, listeners: ["broker"] },
  { clientInstanceId: uuid },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    clientInstanceId: uuid,
    subscriptionId: i32,
    acceptedCompressionTypes: arr(i8),
    pushIntervalMs: i32,
    telemetryMaxBytes: i32,
    deltaTemporality: bool,
    requestedMetrics: arr(str),
  },
);
