import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str, u16, uuid } from "../schema.ts";

/** Registers a broker with the controller: listeners, features, log directories (KIP-631, KIP-858). */
export const BrokerRegistration = api(
  { key: 62, name: "BrokerRegistration", versions: "0-4", flexible: 0, listeners: ["controller"] },
  {
    brokerId: i32.entity("brokerId"),
    clusterId: str,
    incarnationId: uuid,
    listeners: arr({ name: str.mapKey(), host: str, port: u16, securityProtocol: i16 }),
    features: arr({ name: str.mapKey(), minSupportedVersion: i16, maxSupportedVersion: i16 }),
    rack: str.nullable(),
    isMigratingZkBroker: bool.v("1+"),
    logDirs: arr(uuid).v("2+").ignorable(),
    previousBrokerEpoch: i64.v("3+").def(-1).ignorable(),
  },
  { throttleTimeMs: i32, errorCode: i16, brokerEpoch: i64.def(-1) },
);
