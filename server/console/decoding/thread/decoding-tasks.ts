import type { DecoderChoice } from "../../../../lib/contracts/decoding.ts";
import type { RecordSummary } from "../../../../lib/contracts/messages.ts";
import { learnShape } from "../../learn-shape.ts";
import type { PlacedRecord } from "../../reading/merge-by-time.ts";
import { keyVersionsOf } from "../../key-versions.ts";
import { csvRow } from "../../record-as-csv.ts";
import { jsonOfRecord } from "../../record-as-json.ts";
import { recordDetailOf } from "../../record-detail.ts";
import { type DecoderChoices, summariseRecord } from "../../record-summary.ts";
import { decode, type Decoding } from "../decode.ts";

type Records = { readonly placed: readonly PlacedRecord[]; readonly choices: DecoderChoices };
type Chosen = { readonly payload: Parameters<typeof decode>[0]; readonly choice?: DecoderChoice | undefined };

/** What decodes records for a page, and learns from them: pure functions of what can be sent to a thread. */
export const decodingTasks = {
  summaries: ({ placed, choices }: Records): RecordSummary[] => placed.map((one) => summariseRecord(one, choices)),
  detail: recordDetailOf,
  keyVersions: keyVersionsOf,
  shape: learnShape,
  decodings: (payloads: readonly Chosen[]): Decoding[] =>
    payloads.map(({ payload, choice }) => decode(payload, choice)),
  csvRows: ({ placed, choices }: Records): string[] => placed.map((one) => csvRow(one, choices)),
  jsonRecords: ({ placed, choices }: Records): string[] => placed.map((one) => jsonOfRecord(one, choices)),
};

/** The tasks by their names. */
export type DecodingTasks = typeof decodingTasks;
export type TaskName = keyof DecodingTasks;
export type TaskInput<Name extends TaskName> = Parameters<DecodingTasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<DecodingTasks[Name]>;
