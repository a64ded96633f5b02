import type { Environment, Listening, Socket } from "../environment/environment.ts";
import type { AnyApi, ResponseInput } from "../wire/api.ts";
import { ApiVersions } from "../wire/apis/api-versions.ts";
import { apis } from "../wire/apis/table.ts";
import { announcedFrameSize, encodeResponseFrame } from "../wire/frame.ts";
import { peekRequestRoute, readRequestHeader } from "../wire/request-header.ts";

/** A request as the broker got it. */
export type ScriptedRequest = {
  readonly api: string;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** The decoded request. */
  readonly body: unknown;
  /** Answers it, now or later. */
  answer<A extends AnyApi>(api: A, response: ResponseInput<A>): void;
  /** Sends bytes as they are on its connection. */
  write(bytes: Uint8Array): void;
  /** Closes its connection. */
  hangUp(): void;
};

/** What the broker serves: `[min, max]` by API name. */
type Served = Readonly<Record<string, readonly [number, number]>>;

/** A broker that says what a test tells it to. ApiVersions it answers itself, from `serves`. */
export class ScriptedBroker {
  /** Everything asked for, ApiVersions too. */
  readonly requests: ScriptedRequest[] = [];
  connections = 0;
  openConnections = 0;
  private listening: Listening | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly script: { readonly serves: Served; readonly onRequest: (request: ScriptedRequest) => void },
  ) {}

  async listen(host: string, port: number): Promise<void> {
    this.listening = await this.environment.network.listen({ host, port }, (socket) => {
      this.connections += 1;
      this.openConnections += 1;
      let received = Buffer.alloc(0);
      return {
        onData: (bytes) => {
          received = Buffer.concat([received, bytes]);
          for (let size = announcedFrameSize(received); size !== undefined && received.length >= size + 4;) {
            this.take(socket, Buffer.from(received.subarray(4, size + 4)));
            received = received.subarray(size + 4);
            size = announcedFrameSize(received);
          }
        },
        onDrain: () => undefined,
        onClose: () => {
          this.openConnections -= 1;
        },
      };
    });
  }

  async close(): Promise<void> {
    await this.listening?.close();
  }

  private take(socket: Socket, frame: Buffer): void {
    const { apiKey, apiVersion, correlationId } = peekRequestRoute(frame);
    const api = apis.get(apiKey);
    if (api === undefined) throw new Error(`API ${apiKey} is in the table`);
    const { header, bodyPosition } = readRequestHeader(frame, api.requestHeaderVersion(apiVersion));
    const request: ScriptedRequest = {
      api: api.name,
      version: apiVersion,
      correlationId,
      clientId: header.clientId,
      body: api.request.decode(frame.subarray(bodyPosition), apiVersion),
      answer: (as, response) => void socket.write(encodeResponseFrame(as, apiVersion, correlationId, response)),
      write: (bytes) => void socket.write([bytes]),
      hangUp: () => socket.destroy(),
    };
    this.requests.push(request);
    if (api.key === ApiVersions.key) this.negotiate(socket, request);
    else this.script.onRequest(request);
  }

  /** As brokers do it: a version that is too new is answered in version 0 with the range (KIP-511). */
  private negotiate(socket: Socket, { version, correlationId }: ScriptedRequest): void {
    const range = this.script.serves.ApiVersions ?? [0, 4];
    const apiKeys = [...apis.values()].flatMap(({ key, name }) => {
      const served = name === "ApiVersions" ? range : this.script.serves[name];
      return served ? [{ apiKey: key, minVersion: served[0], maxVersion: served[1] }] : [];
    });
    const isTooNew = version > range[1];
    const answerVersion = isTooNew ? 0 : version;
    const response = { errorCode: isTooNew ? 35 : 0, apiKeys };
    socket.write(encodeResponseFrame(ApiVersions, answerVersion, correlationId, response));
  }
}
