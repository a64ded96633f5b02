/**
 * Everything that the broker and the client may touch outside their own memory. The product runs on the real environment
 * (`real/`), simulations on a deterministic one (`simulated/`): same code, other world.
 */
export type Environment = {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly network: Network;
  readonly random: Random;
  readonly log: Log;
};

/** Time. Deadlines and durations use the monotonic clock, timestamps that leave the process the wall clock. */
export type Clock = {
  /** Milliseconds from an arbitrary start; never goes back. For deadlines and durations. */
  monotonicMs(): number;
  /** Milliseconds since 1970 UTC; may jump either way. Only for timestamps that leave the process. */
  wallMs(): number;
  /** Fires once, at or after the monotonic deadline, in deadline order, ties in order of arming. */
  at(deadlineMs: number, fire: () => void): Timer;
  /** Runs `work` after the current step and before any timer that is not yet due. */
  soon(work: () => void): void;
};

/** An armed timer. */
export type Timer = {
  /** Disarms it; does nothing when it has fired. */
  cancel(): void;
};

/** An open file. It knows its path for messages; its fields are the disk's own. */
export type OpenFile = { readonly path: string };

/** Files. Paths are absolute. All calls but `sync` and `syncDirectory` are synchronous and hit the page cache. Every failure is a `DiskError`. */
export type Disk = {
  /** Opens for reading and writing. `create` makes a missing file; without it a missing file is a DiskError with errno ENOENT. */
  open(path: string, options?: { readonly create?: boolean }): OpenFile;
  close(file: OpenFile): void;
  sizeBytes(file: OpenFile): number;
  /** Fills `into` from `position`; returns the bytes read, fewer only at the end of the file. */
  read(file: OpenFile, position: number, into: Uint8Array): number;
  /** Writes all of `bytes` at `position`. On return they are in the page cache and lost if the machine dies. Throws DiskError; the file may then hold a part. */
  write(file: OpenFile, position: number, bytes: Uint8Array): void;
  truncate(file: OpenFile, sizeBytes: number): void;
  /** Settles when all bytes written before the call are durable (fdatasync). A failure is final for the file: the kernel may have dropped the pages. */
  sync(file: OpenFile): Promise<void>;
  /** Makes creations, renames and removals in the directory durable. */
  syncDirectory(path: string): Promise<void>;
  /** The whole file, or undefined when there is none. For small files only. */
  readFile(path: string): Uint8Array | undefined;
  /** Replaces the file's content so that after a crash it is the old or the new one: temporary file, fsync, rename, fsync of the directory. */
  writeFileAtomic(path: string, bytes: Uint8Array): void;
  /** Names in a directory in byte order; empty when it does not exist. */
  list(path: string): readonly DirectoryEntry[];
  exists(path: string): boolean;
  /** Makes the directory and its parents; no error when it exists. */
  makeDirectory(path: string): void;
  /** Moves a file or directory within one file system, replacing a file at `to`. */
  rename(from: string, to: string): void;
  /** Removes a file or a directory with all in it; no error when there is none. */
  remove(path: string): void;
  /** Size of the file system that holds `path`. */
  volume(path: string): { readonly totalBytes: number; readonly usableBytes: number };
};

/** One name in a directory. */
export type DirectoryEntry = { readonly name: string; readonly isDirectory: boolean };

/** A failed disk operation; `errno` is the system's name of it (ENOSPC, EIO, ENOENT …). */
export class DiskError extends Error {
  override readonly name = "DiskError";
  constructor(
    readonly operation: string,
    readonly path: string,
    readonly errno: string,
    options?: ErrorOptions,
  ) {
    super(`${operation} ${path}: ${errno}`, options);
  }
}

/** TCP and TLS. */
export type Network = {
  /** Accepts connections. Port 0 takes a free one. Rejects with NetworkError (EADDRINUSE …). `accept` is called once a connection, and after the handshake with TLS. */
  listen(options: ListenOptions, accept: (socket: Socket) => SocketHandlers): Promise<Listening>;
  /** Opens a connection. Rejects with NetworkError (ECONNREFUSED, ETIMEDOUT, a certificate's error …). */
  connect(options: ConnectOptions, handlers: SocketHandlers): Promise<Socket>;
};

/** PEM texts. `requestClientCertificate`: the three values of `ssl.client.auth`. */
export type ServerTls = {
  readonly key: string;
  readonly certificate: string;
  readonly ca?: string;
  readonly requestClientCertificate?: "none" | "requested" | "required";
};

/** PEM texts; without `ca` the system's authorities hold. `rejectUnauthorized: false` accepts any certificate, `verifyHostName: false` one for another host. */
export type ClientTls = {
  readonly ca?: string;
  readonly key?: string;
  readonly certificate?: string;
  readonly serverName?: string;
  readonly rejectUnauthorized?: boolean;
  readonly verifyHostName?: boolean;
};

export type ListenOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls?: ServerTls;
  /** Connections that may wait to be accepted; the system may allow fewer. */
  readonly backlog?: number;
};
export type ConnectOptions = {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly tls?: ClientTls;
};

/** A bound listener. */
export type Listening = {
  readonly host: string;
  readonly port: number;
  /** Stops accepting; open connections stay. */
  close(): Promise<void>;
};

/** What the owner of a socket is told. After `onClose` nothing more comes. */
export type SocketHandlers = {
  /** Where the next bytes may be received, to spare a copy; asked before each read. `onData` gets a view of it, or of other memory. */
  place?(): Uint8Array | undefined;
  /** The view is valid only inside the call: use it up or copy it. The simulation poisons it afterwards. */
  onData(bytes: Uint8Array): void;
  /** The bytes queued by `write` have left; called after `write` answered false. */
  onDrain(): void;
  /** Closed by the peer (no error) or broken. */
  onClose(error?: NetworkError): void;
};

/** One connection. */
export type Socket = {
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly localPort: number;
  /** RFC 2253 subject of the peer's certificate, where TLS asked for one. */
  readonly peerSubject?: string;
  /** Sends the buffers in order, without copying before it must. True: at most 64 KiB of them have not left. False: stop until `onDrain`. The buffers belong to the socket until they left. */
  write(buffers: readonly Uint8Array[]): boolean;
  /** Stops and resumes `onData`. */
  pause(): void;
  resume(): void;
  /** Sends what is queued, then closes; `onClose` follows. */
  end(): void;
  /** Closes at once; `onClose` follows. */
  destroy(): void;
};

/** A failed network operation; `code` is the system's or TLS's name of it. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Randomness; seeded in a simulation. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  bytes(count: number): Uint8Array;
  /** A random UUID in Kafka's text form (22 characters of base64url), never starting with "-" (KIP-516). */
  uuid(): string;
};

/** Facts of one event; values are printed as they are, so never keys, values or credentials of users. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One event, one line: constant message, fields for the rest. debug = work done, info = a state changed, warn = we degrade, error = a person must act. */
export type Log = {
  /** Guards debug lines in hot paths: arguments are built before the call. */
  readonly debugOn: boolean;
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log whose lines all carry `fields`. */
  with(fields: LogFields): Log;
};
