/** A run of a simulated cluster and its clients from one seed, and the promises that it is held against. */
export type Scenario = {
  /** For `npm run simulate -- --scenario`. */
  readonly name: string;
  /** What is promised, as a sentence. */
  readonly promise: string;
  /** The classes of faults that it can meet. */
  readonly classes: readonly string[];
  /** Throws when a promise is broken; else answers what happened, in a line. */
  readonly run: (seed: string, classes: readonly string[]) => Promise<string>;
};

/** A scenario whose world knows its classes by type. */
export function defineScenario<Class extends string>(scenario: {
  readonly name: string;
  readonly promise: string;
  readonly classes: readonly Class[];
  readonly run: (seed: string, classes: readonly Class[]) => Promise<string>;
}): Scenario {
  return {
    ...scenario,
    run: (seed, names) =>
      scenario.run(
        seed,
        scenario.classes.filter((each) => names.includes(each)),
      ),
  };
}
