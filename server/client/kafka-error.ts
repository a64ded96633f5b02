import { errorMessage, errorName, isRetriableError } from "../wire/errors.ts";

/** A Kafka error code in words. */
export type KafkaErrorFacts = {
  /** Kafka's name of the code, such as `TOPIC_ALREADY_EXISTS`. */
  readonly name: string;
  /** One sentence for people. */
  readonly message: string;
  /** The same request may succeed later. */
  readonly isRetriable: boolean;
};

/** Describes an error code of an answer; 0 is `NONE`. */
export function describeKafkaError(errorCode: number): KafkaErrorFacts {
  return { name: errorName(errorCode), message: errorMessage(errorCode), isRetriable: isRetriableError(errorCode) };
}
