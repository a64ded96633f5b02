import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import type { MechanismStep } from "./sasl.ts";

const HASHES = { "SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512" } as const;

/** The SCRAM mechanisms that Kafka has. */
export type ScramMechanism = keyof typeof HASHES;

export function isScramMechanism(mechanism: string): mechanism is ScramMechanism {
  return Object.hasOwn(HASHES, mechanism);
}

/** What is kept of a password (RFC 5802; fields of UserScramCredentialRecord). */
export type ScramCredential = {
  readonly mechanism: ScramMechanism;
  readonly salt: Uint8Array;
  readonly storedKey: Uint8Array;
  readonly serverKey: Uint8Array;
  readonly iterations: number;
};

/** Derives a credential from a password, as `kafka-configs --add-config SCRAM-SHA-256=…` does on its side. */
export function deriveScramCredential(
  mechanism: ScramMechanism,
  password: string,
  salt: Uint8Array,
  iterations: number,
): ScramCredential {
  const hash = HASHES[mechanism];
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, hash === "sha256" ? 32 : 64, hash);
  return { mechanism, salt, ...scramKeys(mechanism, salted), iterations };
}

/** What is kept of a salted password, from which it cannot be found again (RFC 5802). */
export function scramKeys(
  mechanism: ScramMechanism,
  saltedPassword: Uint8Array,
): Pick<ScramCredential, "storedKey" | "serverKey"> {
  const hash = HASHES[mechanism];
  const storedKey = createHash(hash)
    .update(hmac(hash, saltedPassword, "Client Key"))
    .digest();
  return { storedKey, serverKey: hmac(hash, saltedPassword, "Server Key") };
}

const NO_TOKEN = new Uint8Array(0);
const OTHER_ERROR: MechanismStep = { kind: "failed", token: NO_TOKEN };

type Phase =
  | { readonly name: "first" }
  | {
      readonly name: "final";
      readonly credential: ScramCredential;
      readonly username: string;
      readonly nonce: string;
      readonly authPrefix: string;
    };

/** One SCRAM conversation, the server's side (RFC 5802 without channel binding). Pure: nonce and credentials come in. */
export class ScramServer {
  private phase: Phase = { name: "first" };

  constructor(
    private readonly lookUp: (username: string) => ScramCredential | undefined,
    private readonly serverNonce: string,
  ) {}

  step(token: Uint8Array): MechanismStep {
    const text = Buffer.from(token).toString("utf8");
    return this.phase.name === "first" ? this.first(text) : this.final(text, this.phase);
  }

  private first(text: string): MechanismStep {
    const match = /^[ny],(?:a=([^,]*))?,((?:m=[^,]*,)?n=([^,]*),r=([^,]+)(?:,.*)?)$/.exec(text);
    const [, authorizationId, bare, saslName, clientNonce] = match ?? [];
    if (bare === undefined || saslName === undefined || clientNonce === undefined) return OTHER_ERROR;
    const username = saslName.replaceAll("=2C", ",").replaceAll("=3D", "=");
    if (authorizationId !== undefined && authorizationId !== "" && authorizationId !== saslName) return OTHER_ERROR;
    const credential = this.lookUp(username);
    if (credential === undefined) return OTHER_ERROR;
    const nonce = clientNonce + this.serverNonce;
    const serverFirst = `r=${nonce},s=${Buffer.from(credential.salt).toString("base64")},i=${credential.iterations}`;
    this.phase = { name: "final", credential, username, nonce, authPrefix: `${bare},${serverFirst},` };
    return { kind: "challenge", token: Buffer.from(serverFirst) };
  }

  private final(text: string, phase: Phase & { readonly name: "final" }): MechanismStep {
    const match = /^(c=([^,]*),r=([^,]+)(?:,.*)?),p=([A-Za-z0-9+/=]+)$/.exec(text);
    const [, withoutProof, , nonce, proofText] = match ?? [];
    if (withoutProof === undefined || nonce !== phase.nonce || proofText === undefined) return invalidProof();
    const { credential } = phase;
    const hash = HASHES[credential.mechanism];
    const authMessage = phase.authPrefix + withoutProof;
    const signature = hmac(hash, credential.storedKey, authMessage);
    const proof = Buffer.from(proofText, "base64");
    if (proof.length !== signature.length) return invalidProof();
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
    if (!timingSafeEqual(createHash(hash).update(clientKey).digest(), Buffer.from(credential.storedKey)))
      return invalidProof();
    const serverSignature = hmac(hash, credential.serverKey, authMessage).toString("base64");
    return { kind: "done", token: Buffer.from(`v=${serverSignature}`), username: phase.username };
  }
}

/** RFC 5802 lets the server say why; Kafka sends this and then ends with SASL_AUTHENTICATION_FAILED. */
function invalidProof(): MechanismStep {
  return { kind: "failed", token: Buffer.from("e=invalid-proof") };
}

function hmac(hash: string, key: Uint8Array, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}
