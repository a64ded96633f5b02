import type { ConfigType } from "../definition.ts";

/** DescribeConfigsResponse's numbers of the config types. */
export const TYPE_CODES: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
};
