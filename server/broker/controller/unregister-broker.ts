import type { ResponseInput } from "../../wire/api.ts";
import type { UnregisterBroker } from "../../wire/apis/unregister-broker.ts";
import { BROKER_ID_NOT_REGISTERED, NONE } from "../../wire/errors.ts";
import { UnregisterBrokerRecord } from "../../wire/records/metadata/unregister-broker-record.ts";
import { leave } from "./broker-lifecycle.ts";
import type { ControllerView } from "./broker-state.ts";
import { newRecord, type Decision } from "./new-record.ts";

/** Decides an UnregisterBroker request (KIP-631): forgets a broker that is gone for good. One that still runs registers anew by its next heartbeat. */
export function unregisterBroker(
  view: ControllerView,
  brokerId: number,
): Decision<ResponseInput<typeof UnregisterBroker>> {
  const broker = view.image.brokers.get(brokerId);
  if (broker === undefined)
    return {
      records: [],
      response: {
        errorCode: BROKER_ID_NOT_REGISTERED,
        errorMessage: `Broker ID ${brokerId} is not currently registered`,
      },
    };
  const removal = newRecord(UnregisterBrokerRecord, { brokerId, brokerEpoch: broker.epoch });
  return { records: [...leave(view, broker), removal], response: { errorCode: NONE, errorMessage: null } };
}
