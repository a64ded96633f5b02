import type { KeyHistory } from "../../lib/contracts/keys.ts";
import { previewPayload } from "./decoding/preview.ts";
import { payloadDetailOf } from "./payload-detail.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";
import type { DecoderChoices } from "./record-summary.ts";

/** A key, and records that have it. */
export type KeyRecords = {
  readonly topic: string;
  readonly key: Uint8Array;
  readonly placed: readonly PlacedRecord[];
  readonly choices: DecoderChoices;
};

/** A key and the versions of it, decoded. */
export function keyVersionsOf({ topic, key, placed, choices }: KeyRecords): Pick<KeyHistory, "key" | "versions"> {
  return {
    key: previewPayload({ topic, part: "key", bytes: key, key }, choices.keyAs),
    versions: placed.map(({ partition, record: { offset, timestampMs, value, headers } }) => ({
      partition,
      offset: String(offset),
      timestampMs,
      value: payloadDetailOf({ bytes: value, topic, part: "value", key, headers }, choices.valueAs),
    })),
  };
}
