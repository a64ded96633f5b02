import * as z from "zod/mini";

/** The closed list of what can go wrong at the border, each with the HTTP status a route handler answers it with. */
export const problemStatus = {
  "cluster-not-found": 404,
  "topic-not-found": 404,
  "partition-not-found": 404,
  "record-not-found": 404,
  "broker-not-found": 404,
  "group-not-found": 404,
  "entry-not-found": 404,
  "job-not-found": 404,
  "alert-not-found": 404,
  "topic-exists": 409,
  /** What a plan said is no longer so; make the plan again. */
  "changed-meanwhile": 409,
  /** What was asked for does not fit the state: a job that has ended cannot be paused, a deleted topic not be brought back. */
  "not-possible": 409,
  "invalid-input": 400,
  /** Refused by the cluster's own validation: a config's value, a name, a policy class. */
  "rejected-by-cluster": 422,
  "record-too-large": 422,
  "not-enough-replicas": 503,
  /** The principal of the connection lacks an ACL. Facts: needs, as, grant. */
  "not-authorised": 403,
  "authentication-failed": 502,
  /** No broker of the cluster answers. */
  "cluster-unreachable": 503,
  /** One broker or partition leader does not answer; others do. */
  "broker-unavailable": 503,
  /** A Schema Registry or a Connect cluster beside the cluster does not answer, or not as one. */
  "service-unreachable": 503,
  "timed-out": 504,
  /** The cluster is too old or too different for this. */
  "unsupported-by-cluster": 501,
  /** The border refused the request: Origin, Host, method or content type. */
  "request-refused": 403,
  /** Made in the browser: the console's own server did not answer. */
  "console-unreachable": 503,
  /** The console's own database is damaged, of a newer version, or cannot be written. */
  "store-unusable": 503,
  internal: 500,
} as const satisfies Record<string, number>;

/** A name from the closed list of problems. */
export type ProblemCode = keyof typeof problemStatus;

const codes = Object.keys(problemStatus);

const problemCode = z.custom<ProblemCode>((value) => typeof value === "string" && codes.includes(value));

/** A failure in words. `facts` are what a person pastes to a colleague; `fields` say which input was wrong and why. */
export const problemSchema = z.object({
  code: problemCode,
  /** What failed: "Topic orders was not created". */
  title: z.string(),
  /** Why, in Kafka's own words where it has any. */
  detail: z.string(),
  /** What to do about it. */
  suggestion: z.optional(z.string()),
  facts: z.array(z.tuple([z.string(), z.string()])),
  /** Trying the same again may succeed. */
  retryable: z.boolean(),
  /** For `invalid-input`: the name of an input's field and what is wrong with it. */
  fields: z.optional(z.record(z.string(), z.string())),
});

export type Problem = z.infer<typeof problemSchema>;

type ProblemParts = Pick<Problem, "code" | "title" | "detail"> &
  Partial<Pick<Problem, "suggestion" | "facts" | "fields" | "retryable">>;

const retryableCodes: readonly ProblemCode[] = [
  "cluster-unreachable",
  "broker-unavailable",
  "service-unreachable",
  "timed-out",
  "not-enough-replicas",
  "console-unreachable",
];

/** Builds a problem; without `retryable` the code decides. */
export function problem(parts: ProblemParts): Problem {
  return { facts: [], retryable: retryableCodes.includes(parts.code), ...parts };
}

/** Carries a problem through code that can only throw: react-query's query functions. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  /** By name: the console's server loads this module several times, and an error of one copy must be one to the others. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ProblemError";
  }

  readonly problem: Problem;

  constructor(cause: Problem) {
    super(`${cause.title}: ${cause.detail}`);
    this.problem = cause;
  }
}

/** The problem behind anything thrown, for showing it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem({
    code: "internal",
    title: "Something went wrong in the console",
    detail: error instanceof Error ? error.message : String(error),
    suggestion: "Reload the page. If it happens again, report it with the details below.",
  });
}
