import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { BrokerHeartbeat } from "../../wire/apis/broker-heartbeat.ts";
import { BROKER_ID_NOT_REGISTERED, NONE, STALE_BROKER_EPOCH } from "../../wire/errors.ts";
import {
  beginControlledShutdown,
  fenceBroker,
  hasLeaderships,
  loseDirectories,
  unfenceBroker,
} from "./broker-lifecycle.ts";
import type { BrokerSession } from "./broker-sessions.ts";
import type { ControllerView } from "./broker-state.ts";
import type { BrokerImage } from "./image.ts";
import type { Decision, NewMetadataRecord } from "./new-record.ts";

/** What a heartbeat leads to besides records. */
export type HeartbeatDecision = Decision<ResponseInput<typeof BrokerHeartbeat>> & { readonly beginsShutdown: boolean };

/** What the brokers' sessions say, beside the image. */
export type HeartbeatFacts = {
  readonly session: BrokerSession | undefined;
  /** The lowest metadata offset that any other active broker has applied; undefined when there is none. */
  readonly lowestActiveOffset: number | undefined;
};

type State = "fenced" | "unfenced" | "controlled-shutdown" | "shutdown-now";

/**
 * Decides a BrokerHeartbeat (KIP-631): a fenced broker comes in once it has read its own registration; one that wants to stop first hands over what it
 * leads, and goes when the others know of that.
 */
export function heartbeat(
  view: ControllerView,
  request: RequestOf<typeof BrokerHeartbeat>,
  facts: HeartbeatFacts,
): HeartbeatDecision {
  const broker = view.image.brokers.get(request.brokerId);
  if (broker === undefined) return refuse(BROKER_ID_NOT_REGISTERED);
  if (broker.epoch !== request.brokerEpoch) return refuse(STALE_BROKER_EPOCH);
  const isCaughtUp = request.currentMetadataOffset >= broker.epoch;
  const next = nextState(view, broker, request, facts, isCaughtUp);
  const offline = broker.logDirs.filter((directory) => request.offlineLogDirs.includes(directory));
  return {
    records: [...(offline.length > 0 ? loseDirectories(view, broker, offline) : []), ...transition(view, broker, next)],
    beginsShutdown: next === "controlled-shutdown",
    response: {
      errorCode: NONE,
      isCaughtUp,
      isFenced: next === "fenced" || next === "shutdown-now",
      shouldShutDown: next === "shutdown-now",
    },
  };
}

function nextState(
  view: ControllerView,
  broker: BrokerImage,
  request: RequestOf<typeof BrokerHeartbeat>,
  facts: HeartbeatFacts,
  isCaughtUp: boolean,
): State {
  const { wantFence, wantShutDown } = request;
  if (broker.inControlledShutdown && !broker.fenced) {
    const shutdownOffset = facts.session?.shutdownOffset ?? 0;
    const othersKnow = facts.lowestActiveOffset === undefined || shutdownOffset <= facts.lowestActiveOffset;
    return !hasLeaderships(view, broker.id) && othersKnow ? "shutdown-now" : "controlled-shutdown";
  }
  if (broker.fenced) {
    if (wantShutDown) return "shutdown-now";
    return !wantFence && isCaughtUp ? "unfenced" : "fenced";
  }
  if (wantFence) return wantShutDown ? "shutdown-now" : "fenced";
  if (!wantShutDown) return "unfenced";
  return hasLeaderships(view, broker.id) ? "controlled-shutdown" : "shutdown-now";
}

function transition(view: ControllerView, broker: BrokerImage, next: State): readonly NewMetadataRecord[] {
  switch (next) {
    case "fenced":
    case "shutdown-now":
      return broker.fenced ? [] : fenceBroker(view, broker);
    case "unfenced":
      return broker.fenced ? unfenceBroker(view, broker) : [];
    case "controlled-shutdown":
      return broker.inControlledShutdown ? [] : beginControlledShutdown(view, broker);
  }
}

function refuse(errorCode: number): HeartbeatDecision {
  return { records: [], beginsShutdown: false, response: { errorCode } };
}
