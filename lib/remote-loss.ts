import { formatNumberOf } from "@/lib/format";

/** Messages of a deletion that are in remote log storage, and those of them that no broker has itself. Null: brokers do not tell. */
export type RemoteLoss = { readonly remote: number | null; readonly onlyRemote: number | null };

/** What a deletion takes from remote log storage (KIP-405), without a stop: "120 messages in remote storage, 80 of them nowhere else, are deleted too". */
export function remoteLossText({ remote, onlyRemote }: RemoteLoss): string {
  if (remote === 0) return "nothing of it is in remote storage";
  if (remote === null)
    return onlyRemote === null || onlyRemote === 0
      ? "what is in remote storage is deleted too; brokers do not tell how much that is"
      : `${formatNumberOf(onlyRemote, "message")} that only remote storage has, and copies there of others, are deleted too`;
  const only =
    onlyRemote === null || onlyRemote === 0
      ? ""
      : onlyRemote === remote
        ? " and nowhere else"
        : `, ${formatNumberOf(onlyRemote, "of them", "of them")} nowhere else,`;
  return `${formatNumberOf(remote, "message")} in remote storage${only} ${remote === 1 ? "is" : "are"} deleted too`;
}
