import type { ClientTls, Environment } from "../environment/environment.ts";
import type { AnyApi, RequestInput, ResponseOf } from "../wire/api.ts";
import { FindCoordinator } from "../wire/apis/find-coordinator.ts";
import { Metadata } from "../wire/apis/metadata.ts";
import { NONE, errorName } from "../wire/errors.ts";
import type { AnswerMemory } from "./answer-memory.ts";
import { ClientError } from "./client-error.ts";
import type { Connection } from "./connection.ts";
import { Connections } from "./connections.ts";
import { MetadataImage } from "./metadata-image.ts";
import { judge } from "./retry-policy.ts";
import type { SaslCredentials } from "./sasl.ts";
import { pause } from "./pause.ts";

/** Time for a request when the caller names no deadline (Kafka's default.api.timeout.ms is 60 s; people wait less). */
const REQUEST_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Between two attempts of one request (Kafka's retry.backoff.ms is 100 to 1,000). */
const RETRY_BACKOFF_MS = 100;

/** How to reach a cluster. */
export type ClusterOptions = {
  /** `host:port` each; `[::1]:9092` for IPv6. */
  readonly bootstrap: readonly string[];
  readonly clientId: string;
  readonly tls?: ClientTls;
  readonly sasl?: SaslCredentials;
  readonly requestTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
};

/** Who must answer a request. */
export type Route =
  | "any"
  | "controller"
  | { readonly node: number }
  | { readonly topic: string; readonly partition: number }
  | { readonly coordinator: "group" | "transaction"; readonly key: string };

/** How a request finds its way. */
export type RequestOptions = {
  readonly to: Route;
  /** Monotonic. */
  readonly deadlineMs?: number;
  /** Keeps long polls apart from short requests. */
  readonly lane?: string;
  /** The newest version whose form the caller uses. */
  readonly maxVersion?: number;
  /** Where the answer is received; slices in the response are views of it. */
  readonly memory?: AnswerMemory;
};

/** A request that is repeated, with fresh metadata, while its error codes say that this helps. */
export type AskOptions<A extends AnyApi> = RequestOptions & {
  readonly errorCodes: (response: ResponseOf<A>) => Iterable<number>;
  /** The topic was just made: not knowing it is no answer yet. */
  readonly isNew?: boolean;
};

/** A client of one cluster: finds brokers, leaders, coordinators and the controller, and keeps connections to them. */
export class ClusterClient {
  private readonly connections: Connections;
  private readonly coordinators = new Map<string, number>();
  private readonly bootstrap: readonly { host: string; port: number }[];
  /** What the last answers said of the cluster. */
  readonly metadata = new MetadataImage();

  constructor(
    private readonly environment: Environment,
    private readonly options: ClusterOptions,
  ) {
    const { clientId, tls, sasl, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
    this.connections = new Connections(environment, {
      clientId,
      connectTimeoutMs,
      ...(tls && { tls }),
      ...(sasl && { sasl }),
    });
    this.bootstrap = options.bootstrap.map(parseAddress);
  }

  /** A deadline from now on, monotonic; by default the client's request timeout away. */
  deadline(timeoutMs = this.options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS): number {
    return this.environment.clock.monotonicMs() + timeoutMs;
  }

  /** Sends a request once to whom the route names. Error codes in the answer are the caller's to judge. Rejects with a ClientError. */
  async send<A extends AnyApi>(api: A, request: RequestInput<A>, options: RequestOptions): Promise<ResponseOf<A>> {
    const deadlineMs = options.deadlineMs ?? this.deadline();
    const connection = await this.connect(options.to, deadlineMs, options.lane);
    const { maxVersion, memory } = options;
    return connection.send(api, request, {
      deadlineMs,
      ...(maxVersion !== undefined && { maxVersion }),
      ...(memory && { memory }),
    });
  }

  /** The broker that coordinates a group or a transactional id now. Rejects with a ClientError. */
  coordinator(key: string, { type = "group" }: { readonly type?: "group" | "transaction" } = {}): Promise<number> {
    return this.coordinatorOf({ coordinator: type, key }, this.deadline());
  }

  /** Forgets who coordinates a group, so that the next question finds it anew. */
  forgetCoordinator(groupId: string): void {
    this.coordinators.delete(`group:${groupId}`);
  }

  /**
   * Sends a request and repeats it until its error codes are an answer or the deadline passes; then the last answer stands.
   * Only for requests that may be carried out twice. A lost connection is repeated as well.
   */
  async ask<A extends AnyApi>(api: A, request: RequestInput<A>, options: AskOptions<A>): Promise<ResponseOf<A>> {
    const deadlineMs = options.deadlineMs ?? this.deadline();
    for (;;) {
      try {
        const response = await this.send(api, request, { ...options, deadlineMs });
        const verdicts = new Set([...options.errorCodes(response)].map((code) => judge(code, options)));
        const isAnswer = !verdicts.has("refresh") && !verdicts.has("retry");
        if (isAnswer || !this.canBackOff(deadlineMs)) return response;
        if (verdicts.has("refresh")) this.forget(options.to);
      } catch (error) {
        if (!(error instanceof ClientError) || !isPassing(error) || !this.canBackOff(deadlineMs)) throw error;
        this.forget(options.to);
      }
      await this.backOff();
    }
  }

  /** Whether a pause ends before a deadline, so that asking again may still help. */
  canBackOff(deadlineMs: number): boolean {
    return this.environment.clock.monotonicMs() + RETRY_BACKOFF_MS < deadlineMs;
  }

  /** The pause before something is asked again. */
  backOff(): Promise<void> {
    return pause(this.environment.clock, RETRY_BACKOFF_MS);
  }

  /** Asks for the brokers and for these topics, or all with null, and keeps the answer in `metadata`. Never creates a topic. */
  async refresh(topics: readonly string[] | null, deadlineMs = this.deadline()): Promise<ResponseOf<typeof Metadata>> {
    const request = {
      topics: topics === null ? null : topics.map((name) => ({ name })),
      allowAutoTopicCreation: false,
    };
    const response = await this.send(Metadata, request, { to: "any", deadlineMs });
    this.metadata.apply(response, { hasAllTopics: topics === null });
    return response;
  }

  /** Closes all connections; requests that wait are rejected. */
  close(): void {
    this.connections.close();
  }

  private async connect(route: Route, deadlineMs: number, lane: string | undefined): Promise<Connection> {
    if (route === "any") return this.anyConnection(lane);
    const node = await this.nodeOf(route, deadlineMs);
    const broker = this.metadata.brokers.get(node);
    if (broker === undefined) throw new ClientError("unavailable", `The cluster names no broker ${node} now.`);
    return this.connections.to({ host: broker.host, port: broker.port, ...(lane !== undefined && { lane }) });
  }

  /** Known brokers first, in an order drawn anew, then the bootstrap addresses; the last failure stands when none answers. */
  private async anyConnection(lane: string | undefined): Promise<Connection> {
    const known = [...this.metadata.brokers.values()].map(({ host, port }) => ({ host, port }));
    const from = known.length === 0 ? 0 : this.environment.random.int(0, known.length - 1);
    const addresses = [...known.slice(from), ...known.slice(0, from), ...this.bootstrap];
    let failure = new ClientError("unreachable", "No bootstrap server is given.");
    for (const address of addresses) {
      try {
        return await this.connections.to({ ...address, ...(lane !== undefined && { lane }) });
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        if (error.kind === "authentication" || error.kind === "closed") throw error;
        failure = error;
      }
    }
    throw failure;
  }

  private async nodeOf(route: Exclude<Route, "any">, deadlineMs: number): Promise<number> {
    if (route === "controller") {
      if (!this.metadata.brokers.has(this.metadata.controllerId)) await this.refresh([], deadlineMs);
      return this.metadata.controllerId;
    }
    if ("node" in route) {
      if (!this.metadata.brokers.has(route.node)) await this.refresh([], deadlineMs);
      return route.node;
    }
    return "topic" in route ? this.leaderOf(route, deadlineMs) : this.coordinatorOf(route, deadlineMs);
  }

  private async leaderOf(
    { topic, partition }: { topic: string; partition: number },
    deadlineMs: number,
  ): Promise<number> {
    if (this.metadata.partition(topic, partition) === undefined) await this.refresh([topic], deadlineMs);
    const known = this.metadata.topic(topic);
    const found = this.metadata.partition(topic, partition);
    if (found === undefined) {
      const reason =
        known !== undefined && known.errorCode !== NONE ? errorName(known.errorCode) : "the cluster does not know it";
      throw new ClientError("unavailable", `No leader for ${topic}-${partition}: ${reason}.`, known?.errorCode);
    }
    if (found.leaderId < 0) {
      this.metadata.forget(topic);
      throw new ClientError("unavailable", `${topic}-${partition} has no leader now.`, found.errorCode);
    }
    return found.leaderId;
  }

  private async coordinatorOf(
    { coordinator, key }: { coordinator: "group" | "transaction"; key: string },
    deadlineMs: number,
  ): Promise<number> {
    const cached = this.coordinators.get(`${coordinator}:${key}`);
    if (cached !== undefined && this.metadata.brokers.has(cached)) return cached;
    const keyType = coordinator === "group" ? 0 : 1;
    const connection = await this.anyConnection(undefined);
    const isBatched = (connection.servedVersions(FindCoordinator.key)?.max ?? 0) >= 4;
    const response = await connection.send(
      FindCoordinator,
      isBatched ? { keyType, coordinatorKeys: [key] } : { keyType, key },
      { deadlineMs },
    );
    const found = response.coordinators[0] ?? response;
    if (found.errorCode !== NONE) {
      throw new ClientError(
        "unavailable",
        `No coordinator for ${coordinator} ${key}: ${errorName(found.errorCode)}.`,
        found.errorCode,
      );
    }
    if (!this.metadata.brokers.has(found.nodeId)) await this.refresh([], deadlineMs);
    this.coordinators.set(`${coordinator}:${key}`, found.nodeId);
    return found.nodeId;
  }

  private forget(route: Route): void {
    if (route === "any" || (typeof route === "object" && "node" in route)) return;
    if (route === "controller") this.metadata.controllerId = -1;
    else if ("topic" in route) this.metadata.forget(route.topic);
    else this.coordinators.delete(`${route.coordinator}:${route.key}`);
  }
}

/** Whether the same request may go well a moment later. */
function isPassing(error: ClientError): boolean {
  if (error.kind === "unavailable") return error.errorCode === undefined || judge(error.errorCode) !== "answer";
  return error.kind === "unreachable" || error.kind === "disconnected";
}

/** Reads `host:port` or `[address]:port`. Throws ClientError `unreachable` for anything else, with the text. */
export function parseAddress(text: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !(port > 0 && port < 65_536)) {
    throw new ClientError(
      "unreachable",
      `"${text}" is not a bootstrap server. Write host:port, for instance localhost:9092.`,
    );
  }
  return { host, port };
}
