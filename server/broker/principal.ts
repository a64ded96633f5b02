/** Who sent a request: `User:alice`, or `User:ANONYMOUS` on a listener without authentication. */
export type Principal = {
  readonly type: string;
  readonly name: string;
  /** Authenticated by a delegation token (KIP-48). */
  readonly tokenAuthenticated?: boolean;
};

/** The principal of a connection that did not authenticate. */
export const ANONYMOUS: Principal = { type: "User", name: "ANONYMOUS" };
