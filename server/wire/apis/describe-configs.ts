import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str } from "../schema.ts";

/**
 * Reads configs of topics, brokers, loggers, groups and client metrics, with their synonyms (KIP-226) and
 * documentation (KIP-569).
 */
export const DescribeConfigs = api(
  { key: 32, name: "DescribeConfigs", versions: "1-4", flexible: 4, listeners: ["broker", "controller"] },
  {
    resources: arr({ resourceType: i8, resourceName: str, configurationKeys: arr(str).nullable() }),
    includeSynonyms: bool,
    includeDocumentation: bool.v("3+"),
  },
  {
    throttleTimeMs: i32,
    results: arr({
      errorCode: i16,
      errorMessage: str.nullable(),
      resourceType: i8,
      resourceName: str,
      configs: arr({
        name: str,
        value: str.nullable(),
        readOnly: bool,
        configSource: i8.def(-1).ignorable(),
        isSensitive: bool,
        synonyms: arr({ name: str, value: str.nullable(), source: i8 }).ignorable(),
        configType: i8.v("3+").ignorable(),
        documentation: str.v("3+").nullable().ignorable(),
      }),
    }),
  },
);
