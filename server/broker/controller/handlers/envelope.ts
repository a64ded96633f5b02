import { Envelope } from "../../../wire/apis/envelope.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  INVALID_REQUEST,
  NONE,
  PRINCIPAL_DESERIALIZATION_FAILURE,
  UNKNOWN_SERVER_ERROR,
  UNSUPPORTED_VERSION,
} from "../../../wire/errors.ts";
import { addressText } from "../../metadata/ip-address.ts";
import { principalOfBytes } from "../../metadata/principal-bytes.ts";
import { dispatchFrame } from "../../network/dispatch-frame.ts";
import { handler, type Handler, type HandlerTable } from "../../network/handler.ts";
import type { ControllerContext, ControllerServices } from "./services.ts";

/** Envelope: a client's request, forwarded by a broker, runs as the client's own (KIP-590). `table` is what the controller serves to brokers' clients. */
export function envelopeHandler(table: () => HandlerTable<ControllerServices>): Handler<ControllerServices> {
  return handler(Envelope, (request, context: ControllerContext, reply) => {
    if (!context.may("cluster-action", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
    const principal = principalOfBytes(request.requestPrincipal ?? new Uint8Array(0));
    if (principal === undefined) return reply({ errorCode: PRINCIPAL_DESERIALIZATION_FAILURE });
    const { log, authorizer } = context.services;
    const facts = {
      services: context.services,
      principal,
      clientHost: addressText(request.clientHostAddress),
      listenerName: context.listenerName,
      securityProtocol: context.securityProtocol,
      log,
      ...(authorizer && { authorizer }),
    };
    dispatchFrame(table(), request.requestData, facts, (answer) => {
      if (answer.kind === "answered") return reply({ errorCode: NONE, responseData: answer.bytes });
      log.warn({ reason: answer.message }, "a forwarded request could not be run");
      const errorCode = { unsupported: UNSUPPORTED_VERSION, malformed: INVALID_REQUEST, failed: UNKNOWN_SERVER_ERROR }[
        answer.kind
      ];
      reply({ errorCode });
    });
  });
}
