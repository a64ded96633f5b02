/** A request that Kafka answers with an error code: a value, not an exception. `message` is for the response where its API has a field for it. */
export type Refusal = { readonly errorCode: number; readonly message?: string };

/** Tells a refusal from the result that stands beside it in a union; results have no `errorCode`. */
export function isRefusal<T extends object>(value: T | Refusal): value is Extract<T, Refusal> | Refusal {
  return "errorCode" in value;
}
