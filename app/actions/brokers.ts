"use server";
import { callUseCase } from "@/app/border/answer";
import { type ControlBrokerInput, controlBrokerInput } from "@/lib/contracts/brokers";
import type { Result } from "@/lib/result";
import * as controlling from "@/server/console/control-broker";

/** Stops or starts a broker of the bundled cluster, as its plan said; a job does it. */
export async function controlBroker(input: ControlBrokerInput): Promise<Result<{ readonly jobId: number }>> {
  return callUseCase({
    contract: controlBrokerInput,
    input,
    run: controlling.controlBroker,
    door: "action controlBroker",
  });
}
