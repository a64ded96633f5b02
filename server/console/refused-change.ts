import type { Problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { PartitionItem } from "../client/admin/group-by-node.ts";
import type { PartitionAnswer, RequestRefused } from "../client/admin/reassignments.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem, type Attempt } from "./to-problem.ts";

type Asked = Omit<Attempt, "identity"> & {
  /** Names of error codes that mean no failure. */
  readonly fine?: readonly string[];
};

/** The partitions that were changed, and why the others were not; the failure when none was. */
export function changedOf<Item extends PartitionItem>(
  { identity }: Pick<Cluster, "identity">,
  asked: readonly Item[],
  answer: readonly PartitionAnswer[] | RequestRefused,
  { fine = [], ...attempt }: Asked,
): Result<{ readonly changed: readonly Item[]; readonly refusals: readonly Problem[] }> {
  const isFine = (errorCode: number) => errorCode === 0 || fine.includes(describeKafkaError(errorCode).name);
  if ("errorCode" in answer)
    return isFine(answer.errorCode)
      ? succeed({ changed: asked, refusals: [] })
      : fail(kafkaProblem(answer.errorCode, answer.message, { ...attempt, identity }));
  const refused = answer.filter(({ errorCode }) => !isFine(errorCode));
  const [first] = refused;
  if (first === undefined) return succeed({ changed: asked, refusals: [] });
  const without = new Set(refused.map(({ topic, partition }) => `${topic}/${partition}`));
  const changed = asked.filter(({ topic, partition }) => !without.has(`${topic}/${partition}`));
  if (changed.length > 0) {
    const refusals = refused.map(({ topic, partition, errorCode, message }) =>
      kafkaProblem(errorCode, message, { ...attempt, facts: [["partition", `${topic}-${partition}`]], identity }),
    );
    return succeed({ changed, refusals });
  }
  const facts = refused
    .slice(0, 10)
    .map(({ topic, partition, errorCode }) => [`${topic}-${partition}`, describeKafkaError(errorCode).name] as const);
  const found = kafkaProblem(first.errorCode, first.message, { ...attempt, facts, identity });
  const detail = `All ${refused.length} refused. ${found.detail}`;
  return fail(answer.length === 1 ? found : { ...found, detail });
}
