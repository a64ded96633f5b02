import { INVALID_TOPIC_EXCEPTION } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";

/** Longest topic name: with "-", a partition and ".log" it must fit a file name. */
export const TOPIC_NAME_LENGTH_MAX = 249;

/** Why a topic cannot have this name (Kafka's Topic.validate), or undefined. */
export function checkTopicName(name: string): Refusal | undefined {
  const reason = reasonAgainst(name);
  return reason === undefined
    ? undefined
    : { errorCode: INVALID_TOPIC_EXCEPTION, message: `Topic name is invalid: ${reason}` };
}

function reasonAgainst(name: string): string | undefined {
  if (name === "") return "the empty string is not allowed";
  if (name === "." || name === "..") return `'${name}' is not allowed`;
  if (name.length > TOPIC_NAME_LENGTH_MAX)
    return `the length of '${name}' is longer than the max allowed length ${TOPIC_NAME_LENGTH_MAX}`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  return undefined;
}

/** Names that only differ in "." and "_" have one name in Kafka's metrics. */
export function collisionKey(name: string): string {
  return name.replaceAll(".", "_");
}
