import { ClientError } from "../../client/client-error.ts";
import type { Environment } from "../../environment/environment.ts";
import { AllocateProducerIds } from "../../wire/apis/allocate-producer-ids.ts";
import { COORDINATOR_LOAD_IN_PROGRESS, NONE } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import type { ControllerChannel } from "./controller-channel.ts";

/** Ids left in a block when the next one is asked for, of its 1000. */
const PREFETCH_AT = 100;

type Block = { next: number; readonly end: number };

/** Producer ids for InitProducerId, from blocks that the controller hands out and never hands out again (KIP-730). */
export class ProducerIds {
  #block: Block = { next: 0, end: 0 };
  #nextBlock: Block | undefined;
  #asking: Promise<boolean> | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly options: {
      readonly nodeId: number;
      readonly channel: ControllerChannel;
      readonly brokerEpoch: () => number;
    },
  ) {}

  /** A new id. COORDINATOR_LOAD_IN_PROGRESS, which producers repeat, when the controller gives no block by the monotonic deadline. */
  async next(deadlineMs: number): Promise<number | Refusal> {
    while (this.#block.next >= this.#block.end) {
      if (this.#nextBlock !== undefined) {
        this.#block = this.#nextBlock;
        this.#nextBlock = undefined;
        break;
      }
      // What came may be used up by others who waited too; then it is asked for again.
      if (!(await this.#ask(deadlineMs)))
        return {
          errorCode: COORDINATOR_LOAD_IN_PROGRESS,
          message: "No block of producer ids came from the controller.",
        };
    }
    const id = this.#block.next;
    this.#block.next += 1;
    if (this.#block.end - this.#block.next <= PREFETCH_AT && this.#nextBlock === undefined) void this.#ask(deadlineMs);
    return id;
  }

  #ask(deadlineMs: number): Promise<boolean> {
    this.#asking ??= this.#fetch(deadlineMs).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Whether a block came. */
  async #fetch(deadlineMs: number): Promise<boolean> {
    const { nodeId: brokerId, channel, brokerEpoch } = this.options;
    try {
      const response = await channel.send(AllocateProducerIds, { brokerId, brokerEpoch: brokerEpoch() }, deadlineMs);
      const { errorCode, producerIdStart, producerIdLen } = response;
      if (errorCode === NONE) {
        this.#nextBlock = { next: producerIdStart, end: producerIdStart + producerIdLen };
        return true;
      }
      this.environment.log.warn({ errorCode }, "the controller refused a block of producer ids");
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      this.environment.log.warn({ reason: error.message }, "no block of producer ids came from the controller");
    }
    return false;
  }
}
