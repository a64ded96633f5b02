import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AllocateProducerIds } from "../../wire/apis/allocate-producer-ids.ts";
import { BROKER_ID_NOT_REGISTERED, NONE, STALE_BROKER_EPOCH, UNKNOWN_SERVER_ERROR } from "../../wire/errors.ts";
import { ProducerIdsRecord } from "../../wire/records/metadata/producer-ids-record.ts";
import type { ControllerView } from "./broker-state.ts";
import { newRecord, type Decision } from "./new-record.ts";

/** Ids in a block (ProducerIdsBlock.PRODUCER_ID_BLOCK_SIZE). */
export const PRODUCER_ID_BLOCK_SIZE = 1000;

/** Decides an AllocateProducerIds request: the next block, which nobody gets again (KIP-730). */
export function allocateProducerIds(
  view: ControllerView,
  request: RequestOf<typeof AllocateProducerIds>,
): Decision<ResponseInput<typeof AllocateProducerIds>> {
  const { brokerId, brokerEpoch } = request;
  const refuse = (errorCode: number): Decision<ResponseInput<typeof AllocateProducerIds>> => ({
    records: [],
    response: { errorCode },
  });
  const broker = view.image.brokers.get(brokerId);
  if (broker === undefined) return refuse(BROKER_ID_NOT_REGISTERED);
  if (broker.epoch !== brokerEpoch) return refuse(STALE_BROKER_EPOCH);
  const producerIdStart = view.image.nextProducerId;
  const nextProducerId = producerIdStart + PRODUCER_ID_BLOCK_SIZE;
  if (!Number.isSafeInteger(nextProducerId)) return refuse(UNKNOWN_SERVER_ERROR);
  return {
    records: [newRecord(ProducerIdsRecord, { brokerId, brokerEpoch, nextProducerId })],
    response: { errorCode: NONE, producerIdStart, producerIdLen: PRODUCER_ID_BLOCK_SIZE },
  };
}
