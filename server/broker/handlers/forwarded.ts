import type { Api } from "../../wire/api.ts";
import { Reader } from "../../wire/reader.ts";
import type { Handler } from "../network/handler.ts";
import type { Refusal } from "../refusal.ts";
import { type BrokerCall, type BrokerServices, CONTROLLER_TIMEOUT_MS, deadlineIn } from "./services.ts";

/**
 * A handler that hands the request on to the controller in an Envelope (KIP-590), undecoded, with the client's principal; the controller
 * authorises and answers, and its answer goes to the client as it is. `refuse` makes the response when the controller cannot be reached,
 * or when `check` finds a reason not to ask it.
 */
export function forwarded<D, I, RD, RI>(
  api: Api<D, I, RD, RI>,
  refuse: (request: D, refusal: Refusal) => RI,
  check: (request: D, services: BrokerServices) => Refusal | undefined = () => undefined,
): Handler<BrokerServices> {
  return {
    api,
    overlaps: false,
    run(call) {
      call.ownFrame();
      // A request that breaks the protocol ends here, and not in the controller.
      const request = api.request.read(new Reader(call.frame, call.bodyPosition), call.apiVersion);
      const refusal = check(request, call.services);
      if (refusal !== undefined) call.answer(api, refuse(request, refusal));
      else void forward(call, (reason) => call.answer(api, refuse(request, reason)));
    },
  };
}

async function forward(call: BrokerCall, refuse: (refusal: Refusal) => void): Promise<void> {
  const { controller } = call.services;
  const request = { bytes: call.frame, principal: call.principal, clientHost: call.clientHost };
  try {
    const answer = await controller.forward(request, deadlineIn(call.services, CONTROLLER_TIMEOUT_MS));
    if (answer instanceof Uint8Array) call.answerEncoded(answer);
    else refuse(answer);
  } catch (error) {
    call.fail(error);
  }
}
