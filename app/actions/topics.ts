"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type CreatedTopic,
  type CreateTopicInput,
  createTopicInput,
  type DeleteTopicInput,
  deleteTopicInput,
} from "@/lib/contracts/topic-plans";
import type { Result } from "@/lib/result";
import * as creating from "@/server/console/create-topic";
import * as deleting from "@/server/console/delete-topics";

/** Makes a topic; answers when the cluster's metadata has it. */
export async function createTopic(input: CreateTopicInput): Promise<Result<CreatedTopic>> {
  return callUseCase({ contract: createTopicInput, input, run: creating.createTopic, door: "action createTopic" });
}

/** Deletes a topic whose name was typed and which is still the one of the plan. */
export async function deleteTopic(input: DeleteTopicInput): Promise<Result<{ topic: string }>> {
  return callUseCase({ contract: deleteTopicInput, input, run: deleting.deleteTopic, door: "action deleteTopic" });
}
