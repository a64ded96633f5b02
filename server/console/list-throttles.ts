import type { ThrottleList } from "../../lib/contracts/operations.ts";
import { succeed } from "../../lib/result.ts";
import { readThrottles } from "./reassign/throttles.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** Replication throttles that are set, by broker and by topic. */
export const listThrottles = defineUseCase<{ readonly cluster: string }, ThrottleList>({
  failed: () => "Replication throttles could not be read",
  async run(scope) {
    const { snapshot } = await sampledOf(scope);
    const brokers = snapshot.brokers.map(({ id }) => id);
    const topics = snapshot.topics.flatMap(({ name }) => name ?? []);
    const all = await readThrottles(scope.cluster.client, { brokers, topics }, { directories: true });
    const isSet = ([, own]: readonly [string, { leader: string | null; follower: string | null }]) =>
      own.leader !== null || own.follower !== null;
    return succeed({
      brokers: all.brokers,
      topics: Object.fromEntries(Object.entries(all.topics).filter(isSet)),
      problems: [],
      readAtMs: Date.now(),
    });
  },
});
