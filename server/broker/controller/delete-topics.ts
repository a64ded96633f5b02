import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import {
  INVALID_REQUEST,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  TOPIC_DELETION_DISABLED,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { RemoveTopicRecord } from "../../wire/records/metadata/remove-topic-record.ts";
import type { ControllerView } from "./broker-state.ts";
import type { MutationQuota } from "./mutation-quotas.ts";
import { ZERO_UUID } from "./directory-id.ts";
import { newRecord, type Decision } from "./new-record.ts";

type Request = RequestOf<typeof DeleteTopics>;
type Answer = NonNullable<ResponseInput<typeof DeleteTopics>["responses"]>[number];
/** A topic by name, or by id when the name is null. */
type Target = { readonly name: string | null; readonly topicId: string };

/** Decides a DeleteTopics request, whose topics are names up to version 5 and names or ids from 6 on (KIP-516). */
export function deleteTopics(
  view: ControllerView,
  request: Pick<Request, "topics" | "topicNames">,
  mayDelete: (topic: string) => boolean,
  quota?: MutationQuota,
): Decision<readonly Answer[]> {
  const targets: readonly Target[] =
    request.topicNames.length > 0 ? request.topicNames.map((name) => ({ name, topicId: ZERO_UUID })) : request.topics;
  const deleted = new Set<string>();
  const twice = namedTwice(targets);
  const response = withoutRepetitions(targets).map((target): Answer => {
    const refuse = (errorCode: number, errorMessage: string): Answer => ({ ...target, errorCode, errorMessage });
    if (!view.config.get("delete.topic.enable")) return refuse(TOPIC_DELETION_DISABLED, "Topic deletion is disabled.");
    if (target.name !== null && target.topicId !== ZERO_UUID)
      return refuse(INVALID_REQUEST, "You may not specify both topic name and topic id.");
    if (target.name === null && target.topicId === ZERO_UUID)
      return refuse(INVALID_REQUEST, "Neither topic name nor id were specified.");
    if (twice.has(keyOf(target)))
      return refuse(INVALID_REQUEST, `Duplicate topic ${target.name === null ? "id" : "name"}.`);
    const topic =
      target.name === null ? view.image.topicsById.get(target.topicId) : view.image.topicsByName.get(target.name);
    if (topic === undefined)
      return target.name === null
        ? refuse(UNKNOWN_TOPIC_ID, "This server does not host this topic ID.")
        : refuse(UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition.");
    if (!mayDelete(topic.name)) return refuse(TOPIC_AUTHORIZATION_FAILED, "Authorization failed.");
    if (deleted.has(topic.id)) return refuse(INVALID_REQUEST, "Duplicate topic name.");
    const refusal = quota?.take(topic.partitions.length);
    if (refusal !== undefined) return refuse(refusal.errorCode, refusal.message ?? "");
    deleted.add(topic.id);
    return { name: topic.name, topicId: topic.id, errorCode: NONE };
  });
  return { records: [...deleted].map((topicId) => newRecord(RemoveTopicRecord, { topicId })), response };
}

function keyOf({ name, topicId }: Target): string {
  return name ?? `id ${topicId}`;
}

/** Topics that the request names more than once: refused, whether they exist or not. */
function namedTwice(targets: readonly Target[]): ReadonlySet<string> {
  const keys = targets.map(keyOf);
  return new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
}

function withoutRepetitions(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map((target) => [keyOf(target), target])).values()];
}
