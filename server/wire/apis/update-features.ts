import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str } from "../schema.ts";

/** Finalises feature levels of the cluster (KIP-584). */
export const UpdateFeatures = api(
  { key: 57, name: "UpdateFeatures", versions: "0-2", flexible: 0, listeners: ["broker", "controller"] },
  {
    timeoutMs: i32.def(60000),
    featureUpdates: arr({
      feature: str.mapKey(),
      maxVersionLevel: i16,
      allowDowngrade: bool.v("0"),
      upgradeType: i8.v("1+").def(1),
    }),
    validateOnly: bool.v("1+"),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable(),
    results: arr({ feature: str.mapKey(), errorCode: i16, errorMessage: str.nullable() }).v("0-1").ignorable(),
  },
);
