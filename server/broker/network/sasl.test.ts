import { describe, expect, test } from "vitest";
import type { Clock } from "../../environment/environment.ts";
import { RealClock } from "../../environment/real/clock.ts";
import { realRandom } from "../../environment/real/random.ts";
import { ScramClient } from "../../client/scram.ts";
import { type CredentialLookup, ServerSasl } from "./sasl.ts";
import { deriveScramCredential, type ScramMechanism } from "./scram-server.ts";

const ADMIN = { type: "User", name: "admin" };

const credentials: CredentialLookup = {
  isPlainPassword: (username, password) => username === "admin" && password === "admin-secret",
  scramCredential: (username, mechanism) =>
    username === "admin" || username === "a=b,c"
      ? deriveScramCredential(mechanism, "admin-secret", Buffer.from("salt"), 4096)
      : undefined,
};

function session(
  mechanisms: readonly string[] = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"],
  sessionLifetimeMs = 0,
  clock: Clock = new RealClock(),
): ServerSasl {
  return new ServerSasl(
    mechanisms,
    credentials,
    { clock, random: realRandom },
    { failedLoginDelayMs: 0, sessionLifetimeMs },
  );
}

function plain(text: string) {
  const sasl = session();
  expect(sasl.handshake("PLAIN", true)).toBe("ok");
  return { sasl, step: sasl.authenticate(Buffer.from(text)) };
}

describe("ServerSasl", () => {
  test.each(["\0admin\0admin-secret", "admin\0admin\0admin-secret"])("lets a user in by PLAIN", (text) => {
    const { sasl, step } = plain(text);
    expect(step).toMatchObject({ kind: "done", principal: ADMIN });
    expect(sasl.principal).toEqual(ADMIN);
  });

  test.each([
    "\0admin\0wrong",
    "\0nobody\0admin-secret",
    "other\0admin\0admin-secret",
    "\0\0",
    "admin",
    "\0admin\0admin-secret\0",
  ])("refuses %j by PLAIN without telling why", (text) => {
    const { sasl, step } = plain(text);
    expect(step).toMatchObject({
      kind: "failed",
      message: "Authentication failed during authentication due to invalid credentials with SASL mechanism PLAIN",
    });
    expect(sasl.hasFailed).toBe(true);
    expect(sasl.isAuthenticated).toBe(false);
  });

  describe.each<ScramMechanism>(["SCRAM-SHA-256", "SCRAM-SHA-512"])("%s", (mechanism) => {
    function logIn(username: string, password: string) {
      const sasl = session();
      sasl.handshake(mechanism, true);
      const client = new ScramClient(mechanism, username, password, "client-nonce");
      const challenge = sasl.authenticate(client.first());
      if (challenge.kind !== "challenge") return { sasl, client, step: challenge };
      return { sasl, client, step: sasl.authenticate(client.final(challenge.token)) };
    }

    test.each(["admin", "a=b,c"])("lets %j in and proves that the server knows the password", (username) => {
      const { sasl, client, step } = logIn(username, "admin-secret");
      expect(step.kind).toBe("done");
      if (step.kind === "done") client.verify(step.token);
      expect(sasl.principal?.name).toBe(username);
    });

    test.each([
      ["admin", "wrong"],
      ["nobody", "admin-secret"],
    ])("refuses %s with %s", (username, password) => {
      const { sasl, step } = logIn(username, password);
      expect(step).toMatchObject({ kind: "failed" });
      expect(sasl.hasFailed).toBe(true);
    });

    test.each(["", "x", "n,,n=admin", "n,,r=1", "p=tls-unique,,n=admin,r=1"])(
      "refuses the first message %j",
      (text) => {
        const sasl = session();
        sasl.handshake(mechanism, true);
        expect(sasl.authenticate(Buffer.from(text)).kind).toBe("failed");
      },
    );
  });

  test("names what it has when the mechanism is unknown, and ends", () => {
    const sasl = session(["PLAIN"]);
    expect(sasl.handshake("SCRAM-SHA-256", true)).toBe("unsupported-mechanism");
    expect(sasl.hasFailed).toBe(true);
  });

  test("is in an illegal state when a token comes before the handshake or after the login", () => {
    expect(session().authenticate(Buffer.from("")).kind).toBe("illegal-state");
    const { sasl } = plain("\0admin\0admin-secret");
    expect(sasl.authenticate(Buffer.from("")).kind).toBe("illegal-state");
  });

  test("takes bare tokens after a handshake of version 0 until the login is done", () => {
    const sasl = session();
    sasl.handshake("PLAIN", false);
    expect(sasl.takesRawTokens).toBe(true);
    sasl.authenticate(Buffer.from("\0admin\0admin-secret"));
    expect(sasl.takesRawTokens).toBe(false);
  });

  test("ends a login after its lifetime unless it is renewed", () => {
    let nowMs = 0;
    const clock = new RealClock();
    clock.monotonicMs = () => nowMs;
    const sasl = session(["PLAIN"], 1000, clock);
    const logIn = () => {
      sasl.handshake("PLAIN", true);
      sasl.authenticate(Buffer.from("\0admin\0admin-secret"));
    };
    logIn();
    nowMs = 999;
    expect(sasl.isAuthenticated).toBe(true);
    logIn();
    nowMs = 1998;
    expect(sasl.isAuthenticated).toBe(true);
    nowMs = 1999;
    expect(sasl.isAuthenticated).toBe(false);
  });

  test("lets a client log in again by the same mechanism only", () => {
    const { sasl } = plain("\0admin\0admin-secret");
    expect(sasl.handshake("PLAIN", true)).toBe("ok");
    expect(sasl.authenticate(Buffer.from("\0admin\0admin-secret")).kind).toBe("done");
    expect(sasl.handshake("SCRAM-SHA-256", true)).toBe("illegal-state");
  });
});
