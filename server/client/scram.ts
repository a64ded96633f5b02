import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";

/** The hash of a SCRAM mechanism in node:crypto's words. */
const HASHES = { "SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512" } as const;

/** The SCRAM mechanisms that Kafka has. */
export type ScramMechanism = keyof typeof HASHES;

/** Iterations above this are refused: a hostile server could otherwise keep the thread busy for minutes. Kafka's own maximum is 16,384. */
const MAX_ITERATIONS = 1_000_000;

/** The server broke RFC 5802 or proved that it does not know the password; the message says which. */
export class ScramFailure extends Error {
  override readonly name = "ScramFailure";
}

/**
 * One SCRAM conversation, the client's side (RFC 5802 without channel binding). Pure: the nonce comes in.
 * Call `first()`, then `final(serverFirst)`, then `verify(serverFinal)`; each answers the bytes to send next.
 */
export class ScramClient {
  private readonly clientFirstBare: string;
  private serverSignature: Buffer | undefined;

  constructor(
    private readonly mechanism: ScramMechanism,
    username: string,
    private readonly password: string,
    private readonly nonce: string,
  ) {
    this.clientFirstBare = `n=${username.replaceAll("=", "=3D").replaceAll(",", "=2C")},r=${nonce}`;
  }

  /** The client-first-message. */
  first(): Uint8Array {
    return Buffer.from(`n,,${this.clientFirstBare}`);
  }

  /** The client-final-message with the proof. Throws ScramFailure when the server's message is not what RFC 5802 allows. */
  final(serverFirst: Uint8Array): Uint8Array {
    const serverFirstText = Buffer.from(serverFirst).toString("utf8");
    const fields = attributes(serverFirstText);
    const nonce = fields.get("r");
    const salt = fields.get("s");
    const iterations = Number(fields.get("i"));
    if (nonce === undefined || !nonce.startsWith(this.nonce) || nonce.length === this.nonce.length)
      throw new ScramFailure("the server's nonce does not extend ours");
    if (salt === undefined || !Number.isInteger(iterations) || iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new ScramFailure("the server sent no salt or an iteration count out of range");
    }
    const hash = HASHES[this.mechanism];
    const salted = pbkdf2Sync(
      this.password.normalize("NFKC"),
      Buffer.from(salt, "base64"),
      iterations,
      hash === "sha256" ? 32 : 64,
      hash,
    );
    const clientKey = hmac(hash, salted, "Client Key");
    const storedKey = createHash(hash).update(clientKey).digest();
    const withoutProof = `c=biws,r=${nonce}`;
    const authMessage = `${this.clientFirstBare},${serverFirstText},${withoutProof}`;
    const signature = hmac(hash, storedKey, authMessage);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
    this.serverSignature = hmac(hash, hmac(hash, salted, "Server Key"), authMessage);
    return Buffer.from(`${withoutProof},p=${proof.toString("base64")}`);
  }

  /** Checks that the server knows the password too. Throws ScramFailure when it does not. */
  verify(serverFinal: Uint8Array): void {
    const fields = attributes(Buffer.from(serverFinal).toString("utf8"));
    const error = fields.get("e");
    if (error !== undefined) throw new ScramFailure(error);
    const theirs = Buffer.from(fields.get("v") ?? "", "base64");
    const ours = this.serverSignature;
    if (ours === undefined || theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) {
      throw new ScramFailure("the server could not prove that it knows the password");
    }
  }
}

function hmac(hash: string, key: Uint8Array, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}

function attributes(message: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of message.split(",")) {
    const at = part.indexOf("=");
    if (at === 1) fields.set(part.slice(0, at), part.slice(at + 1));
  }
  return fields;
}
