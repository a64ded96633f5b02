import assert from "node:assert/strict";
import type { MetadataRecord } from "../../wire/records/metadata/table.ts";
import type { MutableChanges } from "./changes.ts";
import type { BrokerImage, MutableImage } from "./image.ts";

/** The records of broker registrations. */
export type BrokerRecord = Extract<
  MetadataRecord,
  {
    readonly name:
      | "RegisterBrokerRecord"
      | "UnregisterBrokerRecord"
      | "FenceBrokerRecord"
      | "UnfenceBrokerRecord"
      | "BrokerRegistrationChangeRecord";
  }
>;

/** Values of `fenced` and `inControlledShutdown` in a BrokerRegistrationChangeRecord. */
export const RegistrationChange = { unfence: -1, none: 0, fence: 1, controlledShutdown: 1 } as const;

/** Applies a record of brokers; see `apply`. */
export function applyBroker(image: MutableImage, record: BrokerRecord, changes: MutableChanges): void {
  switch (record.name) {
    case "RegisterBrokerRecord": {
      const { brokerId: id, brokerEpoch: epoch, endPoints: endpoints, incarnationId } = record.value;
      const { rack, fenced, inControlledShutdown, features, logDirs } = record.value;
      image.brokers.set(id, {
        id,
        epoch,
        incarnationId,
        fenced,
        inControlledShutdown,
        rack,
        endpoints,
        features,
        logDirs,
      });
      changes.brokers.add(id);
      return;
    }
    case "UnregisterBrokerRecord":
      registered(image, record.value.brokerId, record.value.brokerEpoch);
      image.brokers.delete(record.value.brokerId);
      changes.brokers.add(record.value.brokerId);
      return;
    case "FenceBrokerRecord":
      return change(image, registered(image, record.value.id, record.value.epoch), { fenced: true }, changes);
    case "UnfenceBrokerRecord":
      return change(image, registered(image, record.value.id, record.value.epoch), { fenced: false }, changes);
    case "BrokerRegistrationChangeRecord": {
      const { brokerId, brokerEpoch, fenced, inControlledShutdown, logDirs } = record.value;
      const broker = registered(image, brokerId, brokerEpoch);
      return change(
        image,
        broker,
        {
          fenced: fenced === RegistrationChange.none ? broker.fenced : fenced === RegistrationChange.fence,
          inControlledShutdown:
            inControlledShutdown === RegistrationChange.controlledShutdown || broker.inControlledShutdown,
          logDirs: logDirs.length > 0 ? logDirs : broker.logDirs,
        },
        changes,
      );
    }
  }
}

function registered(image: MutableImage, id: number, epoch: number): BrokerImage {
  const broker = image.brokers.get(id);
  assert(broker !== undefined, "a changed broker is registered");
  assert(broker.epoch === epoch, "a broker's change names its registration");
  return broker;
}

function change(image: MutableImage, broker: BrokerImage, to: Partial<BrokerImage>, changes: MutableChanges): void {
  image.brokers.set(broker.id, { ...broker, ...to });
  changes.brokers.add(broker.id);
}
