import { createHash } from "node:crypto";
import { ClientError } from "../../client/client-error.ts";
import { ProblemError } from "../../../lib/problem.ts";
import type { TopicMetadata } from "../../client/metadata-image.ts";
import type { SharedRead } from "../shared-read.ts";
import { Listeners } from "./listeners.ts";
import { Repeating } from "./repeating.ts";

const LOOK_PAUSE_MS = 2_000;

/** Tells when topics are made, deleted or changed: partitions, leaders, replicas, ISR. Looks every two seconds at what all share while somebody listens. */
export class TopicsWatch {
  private lastPrint: string | undefined;
  private lastSeen: readonly TopicMetadata[] | undefined;
  private readonly looks = new Repeating(() => this.look());
  private readonly listeners = new Listeners<void>((count) => {
    if (count === 0) {
      this.looks.stop();
      this.lastPrint = undefined;
      this.lastSeen = undefined;
    } else {
      this.looks.start();
    }
  });

  constructor(private readonly topics: SharedRead<{ readonly topics: readonly TopicMetadata[] }>) {}

  listen(listener: () => void): () => void {
    return this.listeners.add(listener);
  }

  /** Topics were just changed through the console. */
  lookNow(): void {
    this.looks.now();
  }

  stop(): void {
    this.looks.stop();
  }

  private async look(): Promise<number> {
    try {
      const { topics } = await this.topics.get();
      if (topics === this.lastSeen) return LOOK_PAUSE_MS;
      const print = fingerprint(topics);
      if (this.lastPrint !== undefined && print !== this.lastPrint) this.listeners.tell();
      this.lastPrint = print;
      this.lastSeen = topics;
    } catch (error) {
      // The cluster channel says what is wrong; here it only means that nothing new is known.
      if (!(error instanceof ClientError) && !(error instanceof ProblemError)) throw error;
    }
    return LOOK_PAUSE_MS;
  }
}

function fingerprint(topics: readonly TopicMetadata[]): string {
  const hash = createHash("sha1");
  const sorted = [...topics].sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
  for (const { name, topicId, partitions } of sorted) {
    hash.update(`${name ?? ""} ${topicId}`);
    const inOrder = [...partitions].sort((a, b) => a.partitionIndex - b.partitionIndex);
    for (const { partitionIndex, leaderId, leaderEpoch, replicaNodes, isrNodes } of inOrder)
      hash.update(
        ` ${partitionIndex}:${leaderId}:${leaderEpoch}:${replicaNodes.join()}:${[...isrNodes].sort((a, b) => a - b).join()}`,
      );
  }
  return hash.digest("base64");
}
