import type { Random } from "../environment/environment.ts";
import { ScramClient, type ScramMechanism } from "./scram.ts";

/** How a client proves who it is. */
export type SaslCredentials = {
  readonly mechanism: "PLAIN" | ScramMechanism;
  readonly username: string;
  readonly password: string;
};

/**
 * A SASL conversation as the messages of the client: each call takes the server's last answer (empty at first) and gives the next
 * bytes to send, or undefined when nothing is left to say. Throws ScramFailure when the server breaks the mechanism's rules.
 */
export type SaslConversation = (serverMessage: Uint8Array) => Uint8Array | undefined;

/** Bytes of randomness in a SCRAM nonce; RFC 5802 leaves it open, Kafka's client takes as many bits. */
const NONCE_BYTES = 24;

/** Starts the conversation of the credentials' mechanism (PLAIN: RFC 4616; SCRAM: RFC 5802). */
export function startConversation(credentials: SaslCredentials, random: Random): SaslConversation {
  const { mechanism, username, password } = credentials;
  if (mechanism === "PLAIN") return oneMessage(Buffer.from(`\0${username}\0${password}`));
  const scram = new ScramClient(
    mechanism,
    username,
    password,
    Buffer.from(random.bytes(NONCE_BYTES)).toString("base64url"),
  );
  let step: "first" | "final" | "verify" = "first";
  return (serverMessage) => {
    switch (step) {
      case "first":
        step = "final";
        return scram.first();
      case "final":
        step = "verify";
        return scram.final(serverMessage);
      case "verify":
        scram.verify(serverMessage);
        return undefined;
    }
  };
}

function oneMessage(message: Uint8Array): SaslConversation {
  let sent = false;
  return () => {
    if (sent) return undefined;
    sent = true;
    return message;
  };
}
