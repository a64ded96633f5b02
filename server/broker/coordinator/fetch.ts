import { NONE, UNSTABLE_OFFSET_COMMIT } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { CommittedOffset } from "./committed-offset.ts";
import { answer, type Decision } from "./decision.ts";
import type { GroupImage } from "./group-image.ts";
import type { FetchedPartition, FetchEvent } from "./group-event.ts";

/** OffsetFetch of one group: what is committed, nothing where nothing is; an unknown group is no error. */
export function decideFetch(image: GroupImage, event: FetchEvent): Decision {
  const { groupId, requireStable } = event;
  const read = (topic: string, partition: number, committed: CommittedOffset | undefined): FetchedPartition => {
    const isUnstable = requireStable && image.offsets.hasPending(groupId, topic, partition);
    return isUnstable
      ? { partition, committed: undefined, errorCode: UNSTABLE_OFFSET_COMMIT }
      : { partition, committed, errorCode: NONE };
  };
  const topics =
    event.topics?.map(({ topic, topicId, partitions }) => ({
      topic,
      topicId,
      partitions: partitions.map((partition) =>
        read(topic, partition, ofTopicId(image.offsets.find(groupId, topic, partition), topicId)),
      ),
    })) ??
    [...image.offsets.ofGroup(groupId)].map(([topic, partitions]) => ({
      topic,
      topicId: ZERO_UUID,
      partitions: [...partitions].map(([partition, { committed }]) => read(topic, partition, committed)),
    }));
  return answer(event.call, { type: "fetched", topics });
}

/** An offset of a deleted topic does not count for the topic that has its name now. */
function ofTopicId(committed: CommittedOffset | undefined, topicId: string): CommittedOffset | undefined {
  if (committed === undefined || committed.topicId === ZERO_UUID || topicId === ZERO_UUID) return committed;
  return committed.topicId === topicId ? committed : undefined;
}
