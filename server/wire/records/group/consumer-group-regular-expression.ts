import { recordType } from "../../record-type.ts";
import { arr, i64, str } from "../../schema.ts";

/** Key of the topics that a regular expression matched (KIP-848). */
export const ConsumerGroupRegularExpressionKey = recordType(
  { kind: "coordinator-key", apiKey: 16, name: "ConsumerGroupRegularExpressionKey", versions: "0", flexible: "never" },
  { groupId: str, regularExpression: str },
);

/** Value of the topics that a regular expression matched (KIP-848). */
export const ConsumerGroupRegularExpressionValue = recordType(
  { kind: "coordinator-value", apiKey: 16, name: "ConsumerGroupRegularExpressionValue", versions: "0", flexible: 0 },
  { topics: arr(str), version: i64, timestamp: i64 },
);
