import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str } from "../schema.ts";

/**
 * Asks which versions of which APIs a node serves, and which features the cluster has finalised (KIP-35, KIP-511,
 * KIP-584). Its response never has tagged fields in the header, and a version that the server does not know is
 * answered in version 0.
 */
export const ApiVersions = api(
  { key: 18, name: "ApiVersions", versions: "0-4", flexible: 3, listeners: ["broker", "controller"] },
  { clientSoftwareName: str.v("3+").ignorable(), clientSoftwareVersion: str.v("3+").ignorable() },
  {
    errorCode: i16,
    apiKeys: arr({ apiKey: i16.mapKey(), minVersion: i16, maxVersion: i16 }),
    throttleTimeMs: i32.v("1+").ignorable(),
    supportedFeatures: arr({ name: str.mapKey(), minVersion: i16, maxVersion: i16 }).tag(0, "3+").ignorable(),
    finalizedFeaturesEpoch: i64.def(-1).tag(1, "3+").ignorable(),
    finalizedFeatures: arr({ name: str.mapKey(), maxVersionLevel: i16, minVersionLevel: i16 }).tag(2, "3+").ignorable(),
    zkMigrationReady: bool.tag(3, "3+").ignorable(),
  },
);
