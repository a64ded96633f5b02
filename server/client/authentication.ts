import type { Environment } from "../environment/environment.ts";
import { SaslAuthenticate } from "../wire/apis/sasl-authenticate.ts";
import { SaslHandshake } from "../wire/apis/sasl-handshake.ts";
import { NONE, UNSUPPORTED_SASL_MECHANISM } from "../wire/errors.ts";
import { ClientError } from "./client-error.ts";
import type { Connection } from "./connection.ts";
import { startConversation, type SaslCredentials } from "./sasl.ts";
import { ScramFailure } from "./scram.ts";

/** Part of a session's life after which a connection is no longer used for new requests; Kafka's clients take 85 to 95 %. */
const SESSION_USE = 0.85;

/** What an authentication needs. `deadlineMs` is monotonic. */
export type AuthenticationOptions = {
  readonly connection: Connection;
  readonly credentials: SaslCredentials;
  readonly environment: Environment;
  readonly deadlineMs: number;
};

/** Proves the credentials (KIP-152). Returns the monotonic end of the session, undefined when it has none (KIP-368). Rejects with ClientError `authentication`. */
export async function authenticate({
  connection,
  credentials,
  environment,
  deadlineMs,
}: AuthenticationOptions): Promise<number | undefined> {
  const { mechanism } = credentials;
  const handshake = await connection.send(SaslHandshake, { mechanism }, { deadlineMs });
  if (handshake.errorCode !== NONE) {
    const offered = handshake.mechanisms.join(", ") || "none";
    const reason =
      handshake.errorCode === UNSUPPORTED_SASL_MECHANISM
        ? `The broker offers: ${offered}.`
        : `Error ${handshake.errorCode}.`;
    throw new ClientError(
      "authentication",
      `${connection.name} refused SASL mechanism ${mechanism}. ${reason}`,
      handshake.errorCode,
    );
  }
  const next = startConversation(credentials, environment.random);
  const startedMs = environment.clock.monotonicMs();
  let sessionLifetimeMs = 0;
  try {
    for (let message = next(new Uint8Array()); message !== undefined;) {
      const answer = await connection.send(SaslAuthenticate, { authBytes: message }, { deadlineMs });
      if (answer.errorCode !== NONE) {
        throw new ClientError(
          "authentication",
          `${connection.name}: ${answer.errorMessage ?? "Authentication failed"}`,
          answer.errorCode,
        );
      }
      sessionLifetimeMs = answer.sessionLifetimeMs;
      message = next(answer.authBytes);
    }
  } catch (error) {
    if (!(error instanceof ScramFailure)) throw error;
    throw new ClientError(
      "authentication",
      `${mechanism} with ${connection.name} failed: ${error.message}.`,
      undefined,
      { cause: error },
    );
  }
  return sessionLifetimeMs > 0 ? startedMs + sessionLifetimeMs * SESSION_USE : undefined;
}
