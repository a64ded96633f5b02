import { FrameReader } from "../broker/network/frame-reader.ts";
import type { Environment } from "../environment/environment.ts";
import type { Api } from "../wire/api.ts";
import { peekRequestRoute, readRequestHeader } from "../wire/request-header.ts";

const FRAME_BYTES_MAX = 100 * 1024 * 1024;

/** The same world, which tells of each request of an API that reaches a listener in it. */
export function withRequestsTold<D, I, RD, RI>(
  environment: Environment,
  api: Api<D, I, RD, RI>,
  onRequest: (request: D) => void,
): Environment {
  const { network } = environment;
  const take = (frame: Uint8Array): void => {
    const { apiKey, apiVersion } = peekRequestRoute(frame);
    if (apiKey !== api.key) return;
    const { bodyPosition } = readRequestHeader(frame, api.requestHeaderVersion(apiVersion));
    onRequest(api.request.decode(frame.slice(bodyPosition), apiVersion));
  };
  return {
    ...environment,
    network: {
      connect: (options, handlers) => network.connect(options, handlers),
      listen: (options, accept) =>
        network.listen(options, (socket) => {
          const handlers = accept(socket);
          const frames = new FrameReader(FRAME_BYTES_MAX);
          return {
            ...(handlers.place && { place: () => handlers.place?.() }),
            onData: (bytes) => {
              frames.push(bytes);
              for (let frame = frames.peek(); frame !== undefined; frame = frames.peek()) {
                take(frame);
                frames.advance();
              }
              frames.settle();
              handlers.onData(bytes);
            },
            onDrain: () => handlers.onDrain(),
            onClose: (error) => handlers.onClose(error),
          };
        }),
    },
  };
}
