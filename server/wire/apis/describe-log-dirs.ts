import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str } from "../schema.ts";

/** Tells the log directories of a broker and the size and lag of each replica in them (KIP-113, capacity KIP-827). */
export const DescribeLogDirs = api(
  { key: 35, name: "DescribeLogDirs", versions: "1-4", flexible: 2, listeners: ["broker"] },
  { topics: arr({ topic: str.entity("topicName").mapKey(), partitions: arr(i32) }).nullable() },
  {
    throttleTimeMs: i32,
    errorCode: i16.v("3+").ignorable(),
    results: arr({
      errorCode: i16,
      logDir: str,
      topics: arr({
        name: str.entity("topicName"),
        partitions: arr({ partitionIndex: i32, partitionSize: i64, offsetLag: i64, isFutureKey: bool }),
      }),
      totalBytes: i64.v("4+").def(-1).ignorable(),
      usableBytes: i64.v("4+").def(-1).ignorable(),
    }),
  },
);
