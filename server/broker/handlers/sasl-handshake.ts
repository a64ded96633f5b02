import { SaslHandshake } from "../../wire/apis/sasl-handshake.ts";
import { ILLEGAL_SASL_STATE, NONE, UNSUPPORTED_SASL_MECHANISM } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { Context } from "../network/context.ts";

/** Chooses a SASL mechanism. After version 0 bare tokens follow (KIP-43), after version 1 SaslAuthenticate (KIP-152). */
export const saslHandshake = handler(SaslHandshake, (request, context: Context<unknown>, reply) => {
  if (context.sasl === undefined) return reply({ errorCode: ILLEGAL_SASL_STATE });
  const { mechanisms } = context.sasl;
  switch (context.sasl.handshake(request.mechanism, context.apiVersion > 0)) {
    case "ok":
      return reply({ errorCode: NONE, mechanisms });
    case "unsupported-mechanism":
      return reply({ errorCode: UNSUPPORTED_SASL_MECHANISM, mechanisms });
    case "illegal-state":
      return reply({ errorCode: ILLEGAL_SASL_STATE, mechanisms });
  }
});
