import * as z from "zod/mini";

/**
 * A record by names that people give. Zod's own leaves out the key `__proto__`, which is a legal name of a topic as any other. Make one by
 * `Object.fromEntries` and read it by `Object.entries`: an object seems to have some names already.
 */
export function byName<Name extends z.core.$ZodType<string>, Value extends z.core.$ZodType>(name: Name, value: Value) {
  return z.pipe(
    z.pipe(z.transform(entriesOf), z.array(z.tuple([name, value]))),
    z.transform((entries): Record<string, z.output<Value>> => Object.fromEntries(entries)),
  );
}

/** Undefined, which is no list, for what is no object. */
function entriesOf(given: unknown): unknown {
  return typeof given === "object" && given !== null && !Array.isArray(given) ? Object.entries(given) : undefined;
}
