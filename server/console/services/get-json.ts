import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps, type RequestOptions } from "node:https";
import { rootCertificates } from "node:tls";
import type * as z from "zod";
import { type Problem, problem, type ProblemCode, ProblemError } from "../../../lib/problem.ts";
import type { TlsTexts } from "../connection/pem-stores.ts";
import type { ServiceAccess } from "./service-settings.ts";

/** A longer answer is not read on: ten thousand connectors with their states are some megabytes. */
const ANSWER_BYTES_MAX = 32 * 1_024 * 1_024;
/** So much of what a service says of a refusal is passed on. */
const MESSAGE_CHARACTERS_MAX = 300;

/** A service beside a cluster, as its failures name it: "Schema Registry". */
export type Service = { readonly name: string; readonly access: ServiceAccess };

type Question = {
  readonly path: string;
  /** Ends the wait, for the connection and for the whole answer. */
  readonly signal: AbortSignal;
  /** Statuses that mean that there is no such thing. */
  readonly absent?: readonly number[];
};

/**
 * Asks a service for JSON; undefined when there is no such thing. Where an instance cannot be reached, the next one is asked. Throws
 * ProblemError when none answers in time, when it refuses, and when it answers something else.
 */
export async function getJson<T>(
  service: Service,
  { path, signal, absent = [] }: Question,
  contract: z.ZodType<T>,
): Promise<T | undefined> {
  const { urls } = service.access;
  for (const [index, url] of urls.entries()) {
    const received = await receiveFrom(service, url, path, signal);
    if ("failure" in received) {
      if (index < urls.length - 1 && !signal.aborted) continue;
      throw new ProblemError(received.failure);
    }
    const { status, text } = received;
    if (absent.includes(status)) return undefined;
    if (status !== 200) throw new ProblemError(refusal(service, url, received));
    const parsed = contract.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new ProblemError(otherAnswer(service, url));
  }
  return undefined;
}

type Received = { readonly status: number; readonly text: string };

async function receiveFrom(
  service: Service,
  url: string,
  path: string,
  signal: AbortSignal,
): Promise<Received | { readonly failure: Problem }> {
  try {
    return await receive(service, url + path, signal);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { failure: unreachable(service, url, error, signal.aborted) };
  }
}

function receive({ access }: Service, address: string, signal: AbortSignal): Promise<Received> {
  const { authorization, tls } = access;
  const headers = { accept: "application/json", ...(authorization !== undefined && { authorization }) };
  return new Promise((resolve, reject) => {
    const request = address.startsWith("https:")
      ? requestHttps(address, { signal, headers, ...tlsOptions(tls) })
      : requestHttp(address, { signal, headers });
    request.on("error", reject);
    request.on("response", (response) => void textOf(response).then(resolve, reject));
    request.end();
  });
}

async function textOf(response: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  // A response without an encoding set gives buffers.
  for await (const part of response as AsyncIterable<Buffer>) {
    sizeBytes += part.byteLength;
    if (sizeBytes > ANSWER_BYTES_MAX) throw new Error(`its answer is longer than ${ANSWER_BYTES_MAX} bytes`);
    parts.push(part);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") };
}

/** A cluster's own authority often is the service's too; a hosted service has a public one. */
function tlsOptions({ ca, key, certificate, verifyHostName }: TlsTexts = {}): RequestOptions {
  return {
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    ...(key !== undefined && { key }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(verifyHostName === false && { checkServerIdentity: () => undefined }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const titleOf = ({ name }: Service) => `${name} could not be read`;

function unreachable(service: Service, url: string, error: Error, isLate: boolean): Problem {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const isTls = /CERT|TLS|SSL|LEAF_SIGNATURE/.test(code ?? "");
  return problem({
    code: isLate ? "timed-out" : "service-unreachable",
    title: titleOf(service),
    detail: isLate ? `${url} did not answer in time.` : `${url} does not answer: ${code ?? error.message}.`,
    suggestion: isTls
      ? "Give the certificate to trust with ssl.truststore.location and ssl.truststore.type=PEM."
      : "Check that it runs and that its address is right.",
  });
}

function refusal(service: Service, url: string, { status, text }: Received): Problem {
  const refused: Partial<Record<number, readonly [ProblemCode, string]>> = {
    401: ["authentication-failed", "Check user and password (basic.auth.user.info, connect.basic.auth.user.info)."],
    403: ["not-authorised", "Give the console's user the right to read it."],
  };
  const [code, suggestion] = refused[status] ?? [
    "service-unreachable",
    "Check its address, with the path that it may need.",
  ];
  const said = jsonOf(text);
  const message = typeof said === "object" && said !== null && "message" in said ? String(said.message) : "";
  return problem({
    code,
    title: titleOf(service),
    detail: `${url} answered ${status}${message === "" ? "" : `: ${message.slice(0, MESSAGE_CHARACTERS_MAX)}`}.`,
    suggestion,
  });
}

function otherAnswer(service: Service, url: string): Problem {
  return problem({
    code: "service-unreachable",
    title: titleOf(service),
    detail: `What answers at ${url} does not speak as ${service.name} does.`,
    suggestion: "Check its address, with the path that it may need.",
    retryable: false,
  });
}
