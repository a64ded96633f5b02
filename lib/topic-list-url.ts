import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** Columns of the topic list that sort. */
export const topicSortColumns = [
  "name",
  "partitions",
  "rate",
  "messages",
  "size",
  "lag",
  "groups",
  "retention",
  "last",
  "issues",
] as const;

/** The state of the topic list in its address. */
export const topicListState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(topicSortColumns).withDefault("name"),
  dir: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  internal: parseAsBoolean.withDefault(false),
  attention: parseAsBoolean.withDefault(false),
  favourites: parseAsBoolean.withDefault(false),
  label: parseAsString,
  /** The create dialog is open. */
  create: parseAsBoolean.withDefault(false),
  /** The topic that the new one is a copy of. */
  copy: parseAsString,
};
