import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, uuid } from "../schema.ts";

/** Keeps a broker registered, asks to be unfenced or to shut down, and tells failed log directories (KIP-631). */
export const BrokerHeartbeat = api(
  { key: 63, name: "BrokerHeartbeat", versions: "0-1", flexible: 0, listeners: ["controller"] },
  {
    brokerId: i32.entity("brokerId"),
    brokerEpoch: i64.def(-1),
    currentMetadataOffset: i64,
    wantFence: bool,
    wantShutDown: bool,
    offlineLogDirs: arr(uuid).tag(0, "1+"),
  },
  { throttleTimeMs: i32, errorCode: i16, isCaughtUp: bool, isFenced: bool.def(true), shouldShutDown: bool },
);
