/** Where a message broke: which declaration, which version, which field. */
export type WireErrorContext = {
  /** Name of the message, such as `FetchRequest` or `TopicRecord`. */
  readonly api: string;
  readonly version: number;
  /**
   * Dotted path of the field, arrays marked with `[]`, such as `topics[].partitions[].records`; empty before the first
   * field.
   */
  readonly fieldPath: string;
  /** Byte in the input (decoding) or output (encoding) where it was noticed. */
  readonly position: number;
};

/**
 * Bytes that break the protocol, or a value that a message of this version cannot carry.
 * A server closes the connection that sent such bytes; nothing of the message may be used.
 */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly api: string;
  readonly version: number;
  readonly fieldPath: string;
  readonly position: number;
  /** What is wrong, without the place: `message` has both. */
  readonly problem: string;

  constructor(problem: string, context: WireErrorContext) {
    const field = context.fieldPath === "" ? "" : ` ${context.fieldPath}`;
    super(`${context.api} v${context.version}${field} at byte ${context.position}: ${problem}`);
    this.problem = problem;
    this.api = context.api;
    this.version = context.version;
    this.fieldPath = context.fieldPath;
    this.position = context.position;
  }
}
