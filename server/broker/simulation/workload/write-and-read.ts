import type { Environment } from "../../../environment/environment.ts";
import type { SeededRandom } from "../../../environment/simulated/random.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import type { History } from "../history.ts";
import { GroupReader } from "./group-reader.ts";
import { IdempotentProducer } from "./idempotent-producer.ts";

/** What the clients of a world need of it. */
type Surroundings = {
  readonly environment: Environment;
  readonly history: History;
  readonly random: SeededRandom;
  /** No fault will come any more. */
  readonly isCalm: boolean;
  client(clientId: string): ClusterClient;
};

/** How much is written to each partition, at least, and the longest pause after a batch. */
export type WriteAndRead = {
  readonly topic: string;
  readonly partitions: number;
  readonly records: number;
  readonly pauseMsMax: number;
};

/** A producer with acks=all and a reader for each partition; settles when enough is acknowledged after the last fault, and all of it is read. */
export async function writeAndRead(world: Surroundings, plan: WriteAndRead): Promise<void> {
  const { environment, history } = world;
  const { topic } = plan;
  const partitions = Array.from({ length: plan.partitions }, (_, partition) => partition);
  const producers = partitions.map((partition) => {
    const random = world.random.fork(`producer-${partition}`);
    const draws = { batchRecords: () => random.int(1, 5), pauseMs: () => random.int(0, plan.pauseMsMax) };
    const options = { name: `p${partition}`, topic, partition, ...draws };
    return new IdempotentProducer(environment, world.client(options.name), history, options);
  });
  const readers = partitions.map((partition) => {
    const options = { name: `reader-${partition}`, topic, partition, groupId: `group-${partition}` };
    return new GroupReader(environment, world.client(options.name), history, options);
  });
  let isProduced = false;
  const produced = Promise.all(
    producers.map((producer) => producer.run(() => world.isCalm && producer.acknowledged >= plan.records)),
  ).then(() => {
    isProduced = true;
  });
  await Promise.all([produced, ...readers.map((reader) => reader.run(() => isProduced))]);
}
