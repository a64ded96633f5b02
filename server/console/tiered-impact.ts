import type { Impact } from "../../lib/contracts/changes.ts";
import { formatBytes, formatNumberOf, formatRetention } from "../../lib/format.ts";
import { remoteLossText } from "../../lib/remote-loss.ts";
import type { RemoteRecords } from "./tiered-offsets.ts";

/** A config of a topic before and after, and whether the topic is tiered. */
type Held = { readonly was: string | null; readonly is: string | null; readonly isTiered: boolean };

/** What deleting topics takes with it beyond what brokers have themselves. */
export function tieredLoss(tiered: number, of: number, records: RemoteRecords): Impact[] {
  if (tiered === 0) return [];
  const who = of === 1 ? "It is" : formatNumberOf(tiered, "of them is", "of them are");
  const text = `${who} tiered: ${remoteLossText(records)}. Sizes count only what brokers have themselves.`;
  return [{ severity: records.remote === 0 ? "info" : "critical", text }];
}

/** What deleting records of tiered topics takes from remote storage: whole segments, by a task of the brokers (RemoteLogManager), not at once. */
export function tieredRecordsLoss(records: RemoteRecords): Impact[] {
  const when = "brokers delete a segment there as soon as all of it lies before the new first offset";
  const text = `Tiered: ${remoteLossText(records)}${records.remote === 0 ? "" : `; ${when}`}.`;
  return [{ severity: records.remote === 0 ? "info" : "critical", text }];
}

/** remote.storage.enable switched on or off (KIP-405, KIP-950). */
export function remoteStorageImpact({ was, is }: Held): Impact[] {
  if ((was === "true") === (is === "true")) return [];
  const text =
    is === "true"
      ? "Closed segments are copied to remote storage from now on. How long they stay on brokers too, local.retention.ms and local.retention.bytes say."
      : "What is in remote storage only goes for good: the topic begins where brokers have it themselves.";
  return [{ severity: is === "true" ? "info" : "critical", text }];
}

/** local.retention.ms and local.retention.bytes: nothing is lost by them, since only what is in remote storage already goes from brokers. */
export function localRetentionImpact(
  name: "local.retention.ms" | "local.retention.bytes",
  { is, isTiered }: Held,
): Impact[] {
  if (!isTiered) return [{ severity: "info", text: `${name} does nothing as long as remote.storage.enable is false.` }];
  const value = Number(is ?? -2);
  const limit =
    value === -2
      ? `as long as ${name.replace("local.", "")} says`
      : name === "local.retention.ms"
        ? value < 0
          ? "for ever"
          : formatRetention(value)
        : value < 0
          ? "without a limit in size"
          : `up to ${formatBytes(value)} in a partition`;
  const text = `Brokers keep messages themselves ${limit}. What is older, and in remote storage, is read from there: nothing is lost, reading it takes longer.`;
  return [{ severity: "info", text }];
}

/** A lower retention.bytes: brokers count what is in remote storage with it, and do not tell how much that is. */
export function remoteBytesImpact(tiered: number): Impact[] {
  if (tiered === 0) return [];
  const text =
    "The limit counts what is in remote storage too, and Kafka does not tell how much that is: more than the sizes here say may go for good.";
  return [{ severity: "critical", text }];
}
