"use server";
import { callUseCase } from "@/app/border/answer";
import { type ProducedMessage, type ProduceMessageInput, produceMessageInput } from "@/lib/contracts/messages";
import type { Result } from "@/lib/result";
import * as producing from "@/server/console/produce-message";

/** Produces one message through kafkajs. */
export async function produceMessage(input: ProduceMessageInput): Promise<Result<ProducedMessage>> {
  const door = "action produceMessage";
  return callUseCase({ contract: produceMessageInput, input, run: producing.produceMessage, door });
}
