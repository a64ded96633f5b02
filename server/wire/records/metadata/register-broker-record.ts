import { recordType } from "../../record-type.ts";
import { arr, bool, i16, i32, i64, str, u16, uuid } from "../../schema.ts";

/** A broker registered with the controller; replaces an earlier registration (KIP-631). */
export const RegisterBrokerRecord = recordType(
  { kind: "metadata", apiKey: 0, name: "RegisterBrokerRecord", versions: "0-3", flexible: 0 },
  {
    brokerId: i32.entity("brokerId"),
    isMigratingZkBroker: bool.v("2+"),
    incarnationId: uuid,
    brokerEpoch: i64,
    endPoints: arr({ name: str.mapKey(), host: str, port: u16, securityProtocol: i16 }),
    features: arr({ name: str.mapKey(), minSupportedVersion: i16, maxSupportedVersion: i16 }),
    rack: str.nullable(),
    fenced: bool.def(true),
    inControlledShutdown: bool.v("1+"),
    logDirs: arr(uuid).tag(0, "3+"),
  },
);
