import { api } from "../api.ts";
import { arr, bool, i16, i32, str, u16, uuid } from "../schema.ts";

/** Registers a controller with its listeners and features (KIP-919). */
export const ControllerRegistration = api(
  { key: 70, name: "ControllerRegistration", versions: "0", flexible: 0, listeners: ["controller"] },
  {
    controllerId: i32,
    incarnationId: uuid,
    zkMigrationReady: bool,
    listeners: arr({ name: str.mapKey(), host: str, port: u16, securityProtocol: i16 }),
    features: arr({ name: str.mapKey(), minSupportedVersion: i16, maxSupportedVersion: i16 }),
  },
  { throttleTimeMs: i32, errorCode: i16, errorMessage: str.nullable() },
);
