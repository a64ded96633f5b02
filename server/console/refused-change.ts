import type { Problem } from "../../lib/problem.ts";
import type { PartitionAnswer, RequestRefused } from "../client/admin/reassignments.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem, type Attempt } from "./to-problem.ts";

/** The problem behind an answer that refuses partitions, or all of the request; undefined when nothing was refused. `fine` are codes that mean no failure. */
export function refusalOf(
  { identity }: Cluster,
  answer: readonly PartitionAnswer[] | RequestRefused,
  { fine = [], ...attempt }: Omit<Attempt, "identity"> & { readonly fine?: readonly string[] },
): Problem | undefined {
  if ("errorCode" in answer)
    return fine.includes(describeKafkaError(answer.errorCode).name)
      ? undefined
      : kafkaProblem(answer.errorCode, answer.message, { ...attempt, identity });
  const refused = answer.filter(
    ({ errorCode }) => errorCode !== 0 && !fine.includes(describeKafkaError(errorCode).name),
  );
  const [first] = refused;
  if (first === undefined) return undefined;
  const facts = refused
    .slice(0, 10)
    .map(({ topic, partition, errorCode }) => [`${topic}-${partition}`, describeKafkaError(errorCode).name] as const);
  const found = kafkaProblem(first.errorCode, first.message, { ...attempt, facts, identity });
  const detail = `${refused.length} of ${answer.length} refused. ${found.detail}`;
  return answer.length === 1 ? found : { ...found, detail };
}
