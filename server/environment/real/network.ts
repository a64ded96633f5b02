import * as net from "node:net";
import * as tls from "node:tls";
import {
  NetworkError,
  type ClientTls,
  type ConnectOptions,
  type Listening,
  type ListenOptions,
  type Network,
  type ServerTls,
  type Socket,
  type SocketHandlers,
} from "../environment.ts";
import { landingRead, moveToLandingBuffer } from "./landing-buffer.ts";
import { networkError, peerSubjectOf, RealSocket } from "./socket.ts";

/** Kafka's default of `socket.listen.backlog.size`. */
const BACKLOG = 50;
/** Ended when a TLS handshake takes longer. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

type Accept = (socket: Socket) => SocketHandlers;

/** TCP and TLS of the machine. */
export const realNetwork: Network = {
  async listen(options: ListenOptions, accept: Accept): Promise<Listening> {
    const server = options.tls === undefined ? plainServer(accept) : tlsServer(options.tls, accept);
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => reject(networkError(error, `${options.host}:${options.port}`)));
      server.listen({ host: options.host, port: options.port, backlog: options.backlog ?? BACKLOG }, resolve);
    });
    // A listener that breaks later (no descriptors left) goes on with the next connection.
    server.on("error", () => {});
    const address = server.address();
    if (address === null || typeof address === "string") throw new NetworkError("EINVAL", "the listener has no port");
    return { host: options.host, port: address.port, close: () => closeServer(server) };
  },

  connect: (options, handlers) =>
    options.tls === undefined ? connectPlain(options, handlers) : connectTls(options, options.tls, handlers),
};

function plainServer(accept: Accept): net.Server {
  return net.createServer({ pauseOnConnect: true }, (accepted) => {
    // The owner is asked after the move, and no byte comes before it answered.
    let socket: RealSocket | undefined;
    const moved = moveToLandingBuffer(accepted, (bytes) => socket?.receive(bytes));
    const resumed = (moved ?? accepted).resume();
    socket = new RealSocket(resumed);
    socket.attach(accept(socket), moved === undefined ? "data" : "landing");
  });
}

function tlsServer(options: ServerTls, accept: Accept): net.Server {
  const wanted = options.requestClientCertificate ?? "none";
  const settings: tls.TlsOptions = {
    key: options.key,
    cert: options.certificate,
    requestCert: wanted !== "none",
    rejectUnauthorized: wanted === "required",
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  };
  if (options.ca !== undefined) settings.ca = options.ca;
  return tls.createServer(settings, (accepted) => {
    const hasCertificate = wanted !== "none" && accepted.getPeerX509Certificate() !== undefined;
    // "requested" lets a client come without a certificate, but not with one that nobody vouches for.
    if (hasCertificate && !accepted.authorized) {
      accepted.destroy();
      return;
    }
    const socket = new RealSocket(accepted, hasCertificate ? peerSubjectOf(accepted) : undefined);
    socket.attach(accept(socket), "data");
  });
}

function connectPlain(options: ConnectOptions, handlers: SocketHandlers): Promise<Socket> {
  let opened: RealSocket | undefined;
  const socket = net.connect({
    host: options.host,
    port: options.port,
    onread: landingRead(
      (bytes) => opened?.receive(bytes),
      handlers.place === undefined ? undefined : () => handlers.place?.(),
    ),
  });
  return whenOpen(socket, "connect", options, () => {
    opened = new RealSocket(socket);
    opened.attach(handlers, "landing");
    return opened;
  });
}

function connectTls(options: ConnectOptions, clientTls: ClientTls, handlers: SocketHandlers): Promise<Socket> {
  const settings: tls.ConnectionOptions = { host: options.host, port: options.port };
  settings.rejectUnauthorized = clientTls.rejectUnauthorized !== false;
  if (clientTls.verifyHostName === false) settings.checkServerIdentity = () => undefined;
  if (clientTls.ca !== undefined) settings.ca = clientTls.ca;
  if (clientTls.key !== undefined) settings.key = clientTls.key;
  if (clientTls.certificate !== undefined) settings.cert = clientTls.certificate;
  // An address is not allowed as server name; the certificate is then checked against the address.
  const serverName = clientTls.serverName ?? options.host;
  if (net.isIP(serverName) === 0) settings.servername = serverName;
  const socket = tls.connect(settings);
  return whenOpen(socket, "secureConnect", options, () => {
    const opened = new RealSocket(socket, peerSubjectOf(socket));
    opened.attach(handlers, "data");
    return opened;
  });
}

function whenOpen(
  socket: net.Socket,
  event: "connect" | "secureConnect",
  options: ConnectOptions,
  open: () => RealSocket,
): Promise<Socket> {
  const place = `${options.host}:${options.port}`;
  return new Promise((resolve, reject) => {
    const fail = (error: NetworkError) => {
      clearTimeout(timeout);
      socket.removeListener("close", onClose);
      socket.destroy();
      reject(error);
    };
    const onError = (error: Error) => fail(networkError(error, place));
    const onClose = () => fail(new NetworkError("ECONNRESET", `${place}: closed before it was open`));
    const timeout = setTimeout(
      () => fail(new NetworkError("ETIMEDOUT", `${place}: no connection within ${options.timeoutMs} ms`)),
      options.timeoutMs,
    );
    // Stays after a time-out, so that a later error is nobody's uncaught exception.
    socket.on("error", onError);
    socket.once("close", onClose);
    socket.once(event, () => {
      clearTimeout(timeout);
      socket.removeListener("close", onClose);
      const opened = open();
      socket.removeListener("error", onError);
      resolve(opened);
    });
  });
}

function closeServer(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    // Its callback would wait for the open connections, which stay.
    server.close();
    setImmediate(resolve);
  });
}
