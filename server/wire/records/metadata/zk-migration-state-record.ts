import { recordType } from "../../record-type.ts";
import { i8 } from "../../schema.ts";

/** How far a migration from ZooKeeper got (KIP-866); a new cluster never has one that says more than none. */
export const ZkMigrationStateRecord = recordType(
  { kind: "metadata", apiKey: 21, name: "ZkMigrationStateRecord", versions: "0", flexible: 0 },
  { zkMigrationState: i8 },
);
