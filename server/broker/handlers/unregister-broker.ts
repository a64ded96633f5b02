import { UnregisterBroker } from "../../wire/apis/unregister-broker.ts";
import { forwarded } from "./forwarded.ts";

/** The controller forgets a broker that is gone for good. */
export const unregisterBroker = forwarded(UnregisterBroker, (_, { errorCode, message }) => ({
  errorCode,
  errorMessage: message ?? null,
}));
