import { SaslAuthenticate } from "../../wire/apis/sasl-authenticate.ts";
import { ILLEGAL_SASL_STATE, NONE, SASL_AUTHENTICATION_FAILED } from "../../wire/errors.ts";
import type { Context } from "../network/context.ts";
import { handler } from "../network/handler.ts";

/** Carries one message of a SASL login. A failure is answered after a while, and then the connection is closed. */
export const saslAuthenticate = handler(SaslAuthenticate, (request, context: Context<unknown>, reply) => {
  const { sasl } = context;
  if (sasl === undefined) {
    return reply({
      errorCode: ILLEGAL_SASL_STATE,
      errorMessage: "SaslAuthenticate request received on a listener without SASL",
    });
  }
  const step = sasl.authenticate(request.authBytes);
  const { sessionLifetimeMs } = sasl;
  if (step.kind === "done")
    return reply({ errorCode: NONE, errorMessage: null, authBytes: step.token, sessionLifetimeMs });
  if (step.kind === "challenge") return reply({ errorCode: NONE, errorMessage: null, authBytes: step.token });
  if (step.kind === "illegal-state") return reply({ errorCode: ILLEGAL_SASL_STATE, errorMessage: step.message });
  const { message, token } = step;
  const timer = sasl.afterFailure(() =>
    reply({ errorCode: SASL_AUTHENTICATION_FAILED, errorMessage: message, authBytes: token }),
  );
  context.onAbandon(() => timer.cancel());
});
