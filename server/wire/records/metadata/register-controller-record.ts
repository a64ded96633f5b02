import { recordType } from "../../record-type.ts";
import { arr, bool, i16, i32, str, u16, uuid } from "../../schema.ts";

/** A controller registered itself (KIP-919). */
export const RegisterControllerRecord = recordType(
  { kind: "metadata", apiKey: 27, name: "RegisterControllerRecord", versions: "0", flexible: 0 },
  {
    controllerId: i32,
    incarnationId: uuid,
    zkMigrationReady: bool,
    endPoints: arr({ name: str.mapKey(), host: str, port: u16, securityProtocol: i16 }),
    features: arr({ name: str.mapKey(), minSupportedVersion: i16, maxSupportedVersion: i16 }),
  },
);
