/** What a failure of kafkajs was at bottom: an error code that the broker answered, or no answer. */
export type KafkaJsFailure =
  | { readonly kind: "answer"; readonly errorCode: number; readonly message: string }
  | { readonly kind: "unreachable" | "timed-out" | "authentication" | "unavailable"; readonly message: string };

/** Retries wrap retries; more layers than this are no failure of kafkajs. */
const MAX_LAYERS = 8;

/** kafkajs' errors by name: it is a CommonJS package whose error classes an ES module cannot import by name. */
const kindOf = {
  KafkaJSProtocolError: "answer",
  KafkaJSSASLAuthenticationError: "authentication",
  KafkaJSRequestTimeoutError: "timed-out",
  KafkaJSConnectionError: "unreachable",
  KafkaJSConnectionClosedError: "unreachable",
} as const satisfies Record<string, KafkaJsFailure["kind"]>;

/** Reads what kafkajs threw; undefined for anything else. */
export function kafkajsFailure(error: unknown): KafkaJsFailure | undefined {
  if (!(error instanceof Error) || !error.name.startsWith("KafkaJS")) return undefined;
  let inner: Error = error;
  for (
    let layer = 0;
    layer < MAX_LAYERS && !Object.hasOwn(kindOf, inner.name) && inner.cause instanceof Error;
    layer += 1
  )
    inner = inner.cause;
  const { message } = inner;
  const kind = Object.entries(kindOf).find(([name]) => name === inner.name)?.[1] ?? "unavailable";
  if (kind !== "answer") return { kind, message };
  const errorCode = "code" in inner && typeof inner.code === "number" ? inner.code : -1;
  return { kind, errorCode, message };
}
