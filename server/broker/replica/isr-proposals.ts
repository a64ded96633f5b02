import type { Environment } from "../../environment/environment.ts";
import { ClientError } from "../../client/client-error.ts";
import { pause } from "../../client/pause.ts";
import type { RequestInput, ResponseOf } from "../../wire/api.ts";
import type { AlterPartition } from "../../wire/apis/alter-partition.ts";
import { errorName, INELIGIBLE_REPLICA, NONE, NOT_CONTROLLER } from "../../wire/errors.ts";
import { partitionKey } from "../topic-partition.ts";
import type { ConfirmedIsr, IsrProposal } from "./partition.ts";

/** How proposals reach the controller, and what becomes of them. */
export type IsrProposalParts = {
  readonly nodeId: number;
  readonly brokerEpoch: () => number;
  /** Sends to the controller; rejects with ClientError. */
  readonly send: (
    request: RequestInput<typeof AlterPartition>,
    deadlineMs: number,
  ) => Promise<ResponseOf<typeof AlterPartition>>;
  readonly confirmed: (proposal: IsrProposal, isr: ConfirmedIsr) => void;
  /** The controller will not have one of the brokers now; the leader may ask again when that looks otherwise. */
  readonly refused: (proposal: IsrProposal) => void;
};

type Answer = ResponseOf<typeof AlterPartition>["topics"][number]["partitions"][number];

/** All partitions that shrink together go in one request; more wait for the next. */
const PROPOSALS_MAX = 1000;
/** Without an answer for so long the request is made anew, with what is proposed by then. */
const ANSWER_TIMEOUT_MS = 30_000;
const RETRY_MS = 50;
const RECOVERED = 0;

/**
 * Brings the leaders' proposals of ISRs to the controller (Kafka's AlterPartitionManager): one request at a time, with everything that waits. A proposal
 * stays pending until it is answered, because the leader counts with both ISRs until it knows which holds.
 */
export class IsrProposals {
  /** One for each partition, by its key. */
  readonly #waiting = new Map<string, IsrProposal>();
  #isSending = false;
  #isStopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly parts: IsrProposalParts,
  ) {}

  /** Sends a proposal, together with others of this step. A later one for the partition takes its place. */
  propose(proposal: IsrProposal): void {
    this.#waiting.set(partitionKey(proposal.topicPartition), proposal);
    if (this.#isSending || this.#isStopped) return;
    this.#isSending = true;
    this.environment.clock.soon(() => void this.#sendAll());
  }

  /** Sends nothing any more. */
  stop(): void {
    this.#isStopped = true;
    this.#waiting.clear();
  }

  async #sendAll(): Promise<void> {
    const { clock, log } = this.environment;
    while (this.#waiting.size > 0 && !this.#isStopped) {
      const batch = [...this.#waiting].slice(0, PROPOSALS_MAX);
      try {
        const proposals = batch.map(([, proposal]) => proposal);
        const response = await this.parts.send(this.#requestOf(proposals), clock.monotonicMs() + ANSWER_TIMEOUT_MS);
        const isDone = response.errorCode === NONE && this.#take(proposals, response);
        if (isDone) continue;
        if (log.debugOn) log.debug({ error: errorName(response.errorCode) }, "ISR proposals are sent again");
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        if (this.#isStopped) break;
        log.warn({ reason: error.message, partitions: batch.length }, "the controller does not answer ISR proposals");
      }
      await pause(clock, RETRY_MS);
    }
    this.#isSending = false;
  }

  #requestOf(proposals: readonly IsrProposal[]): RequestInput<typeof AlterPartition> {
    const { nodeId: brokerId } = this.parts;
    const brokerEpoch = this.parts.brokerEpoch();
    const topics = new Map<string, IsrProposal[]>();
    for (const proposal of proposals) {
      const known = topics.get(proposal.topicId);
      if (known === undefined) topics.set(proposal.topicId, [proposal]);
      else known.push(proposal);
    }
    return {
      brokerId,
      brokerEpoch,
      topics: [...topics].map(([topicId, partitions]) => ({
        topicId,
        partitions: partitions.map(({ topicPartition, leaderEpoch, partitionEpoch, isr, brokerEpochs }) => ({
          partitionIndex: topicPartition.partition,
          leaderEpoch,
          partitionEpoch,
          leaderRecoveryState: RECOVERED,
          newIsrWithEpochs: isr.map((id, index) => ({
            brokerId: id,
            brokerEpoch: id === brokerId ? brokerEpoch : (brokerEpochs[index] ?? -1),
          })),
        })),
      })),
    };
  }

  /** False when something has to be sent again. */
  #take(proposals: readonly IsrProposal[], response: ResponseOf<typeof AlterPartition>): boolean {
    const answers = new Map<string, Answer>();
    for (const { topicId, partitions } of response.topics) {
      for (const answer of partitions) answers.set(`${topicId}/${answer.partitionIndex}`, answer);
    }
    let isDone = true;
    let changed = 0;
    for (const proposal of proposals) {
      const answer = answers.get(`${proposal.topicId}/${proposal.topicPartition.partition}`);
      if (answer === undefined || answer.errorCode === NOT_CONTROLLER) isDone = false;
      else if (this.#settle(proposal, answer)) changed++;
    }
    // One line for all partitions of a broker that came or went; each has its own at level debug.
    if (changed > 0) this.environment.log.info({ partitions: changed }, "isr changed");
    return isDone;
  }

  /** True when the ISR is as proposed. */
  #settle(proposal: IsrProposal, answer: Answer): boolean {
    const { topicPartition, isr } = proposal;
    const key = partitionKey(topicPartition);
    if (this.#waiting.get(key) === proposal) this.#waiting.delete(key);
    const { errorCode, leaderEpoch, partitionEpoch } = answer;
    const { log } = this.environment;
    if (errorCode === NONE) {
      if (log.debugOn)
        log.debug({ ...topicPartition, isr: answer.isr.join(","), leaderEpoch }, "isr of a partition changed");
      this.parts.confirmed(proposal, { leaderEpoch, partitionEpoch, isr: answer.isr });
      return true;
    }
    if (log.debugOn) log.debug({ ...topicPartition, isr: isr.join(","), error: errorName(errorCode) }, "isr refused");
    // Every other refusal says that the partition has changed: the metadata bring that, and end the proposal.
    if (errorCode === INELIGIBLE_REPLICA) this.parts.refused(proposal);
    return false;
  }
}
