import * as net from "node:net";

/** Found best of 64, 256 and 1024 KiB (broker-performance.md, section 2). */
const LANDING_BYTES = 256 * 1024;

/**
 * Where all connections of this thread receive: the kernel writes into it and the callback runs before the next read, so
 * one buffer serves all. `data` events instead cost an allocation and twice the CPU for each read.
 */
const landing = Buffer.allocUnsafeSlow(LANDING_BYTES);

/** The `onread` option of a socket that receives into the shared buffer, or where `place` says before each read. */
export function landingRead(onData: (bytes: Uint8Array) => void, place?: () => Uint8Array | undefined): net.OnReadOpts {
  return {
    buffer: place === undefined ? landing : () => place() ?? landing,
    callback(count, bytes) {
      onData(bytes.subarray(0, count));
      return true;
    },
  };
}

/**
 * Gives an accepted, still paused connection to a socket that receives into the shared buffer. Node takes `onread` only
 * at construction and a server constructs its sockets itself, so the connection's handle is moved to a new one; `handle`
 * is an option that Node does not document. Undefined where Node's insides look different: then `data` events do.
 */
export function moveToLandingBuffer(accepted: net.Socket, onData: (bytes: Uint8Array) => void): net.Socket | undefined {
  const handle: unknown = Reflect.get(accepted, "_handle");
  if (!canUseOwnBuffer(handle)) return undefined;
  // The accepted socket must neither read nor close what is no longer its own.
  Reflect.set(accepted, "_handle", null);
  const options: net.SocketConstructorOpts & { handle: object; onread: net.OnReadOpts } = {
    handle,
    onread: landingRead(onData),
  };
  return new net.Socket(options);
}

function canUseOwnBuffer(handle: unknown): handle is object {
  if (typeof handle !== "object" || handle === null) return false;
  return ["useUserBuffer", "readStart", "readStop"].every((name) => typeof Reflect.get(handle, name) === "function");
}
