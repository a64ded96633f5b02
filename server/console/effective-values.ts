import type { ChangeFacts } from "../../lib/contracts/changes.ts";

/** Values without those that would take away what was not there before: kafka-configs.sh refuses them. `nameOf` is what the facts call a value. */
export function effectiveValues<Value>(
  values: Readonly<Record<string, Value | null>>,
  before: ChangeFacts,
  nameOf: (key: string) => string = (key) => key,
): Readonly<Record<string, Value | null>> {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== null || before[nameOf(key)] !== null),
  );
}
