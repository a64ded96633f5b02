import * as z from "zod/mini";
import { formatNumberOf } from "../../../lib/format.ts";
import type { JobRunner } from "../engine/jobs/job-runner.ts";
import { isUnderWay } from "../engine/jobs/job-states.ts";
import { type Throttles, throttles, type ThrottleSides } from "./throttles.ts";

export const REMOVE_THROTTLE = "remove-throttle";

/** What a run still owes brokers that were away at its end. */
export const owedThrottle = z.object({
  /** The job that set the throttle. */
  job: z.number(),
  /** By broker id what it had before. */
  brokers: throttles.shape.brokers,
  /** Rates that come from the run: it set the first; the others are what its other brokers had at its end. */
  rates: z.array(z.string()),
});
export type OwedThrottle = z.infer<typeof owedThrottle>;

/** Where a clean-up is: the brokers that wait still. */
export const owedCheckpoint = z.object({ left: z.array(z.string()) });

/** An owed clean-up with the job that makes it. */
export type Debt = { readonly id: number; readonly owed: OwedThrottle; readonly left: readonly string[] };

/** Clean-ups of throttles that wait for a broker. Each is a job: it outlives the console, and people can stop it. */
export class OwedThrottles {
  constructor(private readonly jobs: () => JobRunner) {}

  /** Begins the clean-up of what a run leaves behind; asking again while it waits changes nothing. */
  owe(cluster: string, owed: OwedThrottle): void {
    const run = this.jobs().find(cluster, owed.job);
    const known = this.ofRun(cluster, owed.job).flatMap(({ left }) => left);
    const brokers = Object.fromEntries(Object.entries(owed.brokers).filter(([id]) => !known.includes(id)));
    const ids = Object.keys(brokers);
    if (run === undefined || ids.length === 0) return;
    this.jobs().add({
      kind: REMOVE_THROTTLE,
      cluster,
      title: `Remove the throttle of ${ids.length === 1 ? `broker ${ids[0]}` : formatNumberOf(ids.length, "broker")}`,
      detail: `left by job ${owed.job}: ${run.title}`,
      actor: run.actor,
      input: { ...owed, brokers },
    });
  }

  /** Those that wait still, the oldest first. */
  open(cluster: string): Debt[] {
    const own = this.jobs()
      .list(cluster)
      .filter(({ kind, state }) => kind === REMOVE_THROTTLE && isUnderWay(state));
    return own
      .flatMap(({ id }) => {
        const stored = this.jobs().stored(cluster, id);
        const owed = owedThrottle.safeParse(stored?.input).data;
        const left = owedCheckpoint.safeParse(stored?.checkpoint).data?.left;
        return owed ? [{ id, owed, left: left ?? Object.keys(owed.brokers) }] : [];
      })
      .toSorted((a, b) => a.id - b.id);
  }

  ofRun(cluster: string, job: number): Debt[] {
    return this.open(cluster).filter(({ owed }) => owed.job === job);
  }

  /** Throttles without what earlier runs left behind: what a run that begins now should take for "before". */
  forgiven(cluster: string, found: Throttles): Throttles {
    const brokers = Object.entries(found.brokers).map(([id, now]) => {
      const own = this.open(cluster).filter(({ left }) => left.includes(id));
      return [id, own.toReversed().reduce((sides, { owed }) => withoutOwed(sides, owed, id), now)] as const;
    });
    return { ...found, brokers: Object.fromEntries(brokers) };
  }
}

/** A broker's rates, with what a run left there set back to what was before it. Rates that somebody else set stay. */
export function withoutOwed(now: ThrottleSides, { brokers, rates }: OwedThrottle, id: string): ThrottleSides {
  const before = brokers[id];
  const side = (name: "leader" | "follower") => {
    const value = now[name];
    return before !== undefined && value !== null && rates.includes(value) ? before[name] : value;
  };
  return { leader: side("leader"), follower: side("follower") };
}
