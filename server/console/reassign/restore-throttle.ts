import { formatNumberOf } from "../../../lib/format.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { ClientError } from "../../client/client-error.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed } from "../engine/jobs/job-kind.ts";
import { inParallel } from "../in-parallel.ts";
import { kafkaProblem } from "../to-problem.ts";
import type { OwedThrottle } from "./owed-throttles.ts";
import {
  readThrottles,
  type ThrottleRefusal,
  type Throttles,
  type ThrottleSides,
  writeThrottles,
} from "./throttles.ts";

const AT_ONCE = 8;

/** What became of a broker's rate: away, refused, or set back; then with the rates that it had. */
type Restored = "away" | ThrottleRefusal | { readonly rates: readonly string[] };

/**
 * Sets throttles to what they were, and answers with what is owed to brokers that are away. Rejects with a ClientError when the cluster does not
 * answer, throws JobFailed when it refuses.
 */
export async function restoreThrottle(
  { client, identity }: Cluster,
  { saved, rate }: { readonly saved: Throttles; readonly rate: string },
  log: (text: string) => void,
): Promise<Pick<OwedThrottle, "brokers" | "rates">> {
  await client.refresh([]);
  const ofTopics = await writeThrottles(client, { brokers: {}, topics: saved.topics });
  const all = Object.entries(saved.brokers);
  const restored = await inParallel(all, AT_ONCE, ([id, before]) => restoreBroker(client, id, before));
  const [refusal] = [
    ...ofTopics,
    ...restored.flatMap((one) => (typeof one === "object" && "errorCode" in one ? one : [])),
  ];
  if (refusal) {
    const attempt = { title: "The throttle was not removed", facts: [["of", refusal.name]] as const, identity };
    throw new JobFailed(kafkaProblem(refusal.errorCode, refusal.message, attempt));
  }
  const away = all.filter((_, index) => restored[index] === "away");
  const rates = restored.flatMap((one) => (typeof one === "object" && "rates" in one ? one.rates : []));
  const removed = `The throttle was removed from ${formatNumberOf(all.length - away.length, "broker")} and ${formatNumberOf(Object.keys(saved.topics).length, "topic")}`;
  log(
    away.length === 0
      ? `${removed}.`
      : `${removed}; broker ${away.map(([id]) => id).join(", ")} follows when it is back.`,
  );
  return { brokers: Object.fromEntries(away), rates: [...new Set([rate, ...rates])] };
}

async function restoreBroker(client: ClusterClient, id: string, before: ThrottleSides): Promise<Restored> {
  if (!client.metadata.brokers.has(Number(id))) return "away";
  try {
    const now = (await readThrottles(client, { brokers: [Number(id)], topics: [] })).brokers[id];
    const [refusal] = await writeThrottles(client, { brokers: { [id]: before }, topics: {} });
    return refusal ?? { rates: [now?.leader, now?.follower].filter((rate) => typeof rate === "string") };
  } catch (error) {
    // It is named for some seconds after it died.
    if (error instanceof ClientError && error.kind !== "closed" && error.kind !== "unsupported") return "away";
    throw error;
  }
}
