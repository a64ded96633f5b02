import type { RebalanceEvent, RebalanceList } from "@/lib/contracts/rebalances";
import { formatNumberOf } from "@/lib/format";

/** Members that a sentence names. */
const namedMax = 4;

/** What happened in a rebalance, a sentence each. */
export function rebalanceSentences({ joined, left, movedCount, members }: RebalanceEvent): string[] {
  const fresh = joined.filter(({ reason }) => reason === "new");
  const gone = left.filter(({ reason }) => reason === "gone");
  const slow = left.filter(({ reason }) => reason === "poll-timeout");
  const again = left.filter(({ reason }) => reason === "again");
  const sentences = [
    ...(fresh.length > 0 ? [`${names(fresh)} joined.`] : []),
    ...(gone.length > 0 ? [`${names(gone)} left, or was silent for its session timeout.`] : []),
    ...(slow.length > 0
      ? [
          `${names(slow)} was put out: it committed nothing for its max.poll.interval.ms. It takes too long between polls.`,
        ]
      : []),
    ...(again.length > 0 ? [`${names(again)} came again under another id: a restart, or a lost session.`] : []),
  ];
  if (sentences.length > 0) return members === 0 ? [...sentences, "Nobody is left."] : sentences;
  return movedCount > 0
    ? ["Partitions were shared out anew among the same members."]
    : ["Nothing moved: a member asked for a rebalance and each kept what it had."];
}

function names(members: readonly { readonly clientId: string; readonly host: string }[]): string {
  const named = members.slice(0, namedMax).map(({ clientId, host }) => `${clientId} on ${host}`);
  const more = members.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${formatNumberOf(more, "other")}` : named.join(" and ");
}

/** From where a list of rebalances comes, in words. */
export function sourceText({ source, reason }: Pick<RebalanceList, "source" | "reason">): string {
  if (source === "log") return "as written in __consumer_offsets";
  return reason === null
    ? "from a look each 10 s"
    : `from a look each 10 s: __consumer_offsets cannot be read (${reason.detail.replace(/\.$/, "")})`;
}
