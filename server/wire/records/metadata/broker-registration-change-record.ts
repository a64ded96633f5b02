import { recordType } from "../../record-type.ts";
import { arr, i32, i64, i8, uuid } from "../../schema.ts";

/** A broker was fenced or unfenced, began its controlled shutdown, or has other log directories (KIP-841, KIP-858). */
export const BrokerRegistrationChangeRecord = recordType(
  { kind: "metadata", apiKey: 17, name: "BrokerRegistrationChangeRecord", versions: "0-2", flexible: 0 },
  {
    brokerId: i32.entity("brokerId"),
    brokerEpoch: i64,
    fenced: i8.tag(0, "0+"),
    inControlledShutdown: i8.tag(1, "1+"),
    logDirs: arr(uuid).tag(2, "2+"),
  },
);
