import { WireError } from "./wire-error.ts";

/** Ends the reading of record bytes that break Kafka's format; `position` is in the bytes being read. Throws WireError. */
export function corruptBatch(problem: string, position = 0): never {
  throw new WireError(problem, { api: "RecordBatch", version: 2, fieldPath: "records", position });
}
