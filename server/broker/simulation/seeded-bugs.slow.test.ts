import { afterEach, describe, expect, test, vi } from "vitest";
import { SeededRandom } from "../../environment/simulated/random.ts";
import type { Disk } from "../../environment/environment.ts";
import { SimulatedDisk } from "../../environment/simulated/disk.ts";
import type * as CommitModule from "../coordinator/commit.ts";
import type * as IsrModule from "../replica/isr.ts";
import type * as LoadSliceModule from "../coordinator/load-slice.ts";
import type * as PartitionChangeModule from "../controller/partition-change.ts";
import type * as PartitionReadModule from "../replica/partition-read.ts";
import { NONE } from "../../wire/errors.ts";
import { PartitionLog } from "../log/partition-log.ts";
import { ProducerStates } from "../log/producer-state.ts";
import { Purgatory } from "../replica/purgatory.ts";
import { ReplicaManager } from "../replica/replica-manager.ts";
import { swarm } from "./faults.ts";
import type { Scenario } from "./scenario.ts";
import { countInGroups } from "./scenarios/count-in-groups.ts";
import { produceInGroups } from "./scenarios/produce-and-consume.ts";
import { replicate, replicateFlushed } from "./scenarios/replicate.ts";

// Bugs that the product does not have are put into the simulated world, by its disk or by one function in the place of another. A
// simulation that finds none of them would prove nothing.

/** Which function of the mocked modules is wrong at the moment. */
const wrong = vi.hoisted(() => ({ name: "" }));
vi.mock("../controller/partition-change.ts", async (original) => {
  const real = await original<typeof PartitionChangeModule>();
  const anybody: typeof real.changePartition = (change) => real.changePartition({ ...change, election: "unclean" });
  return {
    ...real,
    changePartition: ((change) =>
      wrong.name === "changePartition" ? anybody(change) : real.changePartition(change)) satisfies typeof anybody,
  };
});
vi.mock("../replica/isr.ts", async (original) => {
  const real = await original<typeof IsrModule>();
  const ofTheLeader: typeof real.nextHighWatermark = (facts) => facts.leaderEndOffset;
  return {
    ...real,
    nextHighWatermark: ((facts) =>
      wrong.name === "nextHighWatermark"
        ? ofTheLeader(facts)
        : real.nextHighWatermark(facts)) satisfies typeof ofTheLeader,
  };
});
vi.mock("../replica/partition-read.ts", async (original) => {
  const real = await original<typeof PartitionReadModule>();
  const readPartition: typeof real.readPartition = (partition, options) =>
    real.readPartition(partition, wrong.name === "readPartition" ? { ...options, replicaId: 1 } : options);
  return { ...real, readPartition };
});
vi.mock("../coordinator/commit.ts", async (original) => {
  const real = await original<typeof CommitModule>();
  const decideCommit: typeof real.decideCommit = (image, event, moment) => {
    if (wrong.name !== "decideCommit") return real.decideCommit(image, event, moment);
    const generationId = image.groups.get(event.groupId)?.live?.generationId ?? event.generationId;
    return real.decideCommit(image, { ...event, generationId }, moment);
  };
  return { ...real, decideCommit };
});

vi.mock("../coordinator/load-slice.ts", async (original) => {
  const real = await original<typeof LoadSliceModule>();
  const loadSlice: typeof real.loadSlice = (machine, image, log, slice) =>
    wrong.name === "loadSlice" ? log.logEndOffset : real.loadSlice(machine, image, log, slice);
  return { ...real, loadSlice };
});

/** Gives every process of a simulation a disk that differs from a good one. */
function spoilDisks(spoil: (disk: Disk, later: (work: () => void) => void) => Partial<Disk>): void {
  SimulatedDisk.wrap = (good, later) => {
    const bad = spoil(good, (work) => later(LATE_MS, work));
    return new Proxy(good, {
      get: (target, name) => {
        const value: unknown = Reflect.get(bad, name) ?? Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
}
const goodDisks = SimulatedDisk.wrap;

type Bug = {
  readonly what: string;
  readonly scenario: Scenario;
  /** Faults that the bug needs; those that the seed draws when absent. */
  readonly faults?: readonly string[];
  readonly plant: () => void;
  /** What the checker says of it. */
  readonly found: RegExp;
};

/** How late a write is that is reported as done. */
const LATE_MS = 20;
const isData = (path: string) => path.endsWith(".log") && path.includes("/numbers-");

const bugs: readonly Bug[] = [
  {
    what: "acknowledges before the followers have it",
    scenario: replicate,
    faults: ["split", "broker-death"],
    plant: () =>
      vi.spyOn(Purgatory.prototype, "awaitOffset").mockImplementation((_key, _offset, _deadlineMs, done) => {
        done(NONE);
        return () => undefined;
      }),
    found: /acknowledgedRecordsSurvive/,
  },
  {
    what: "acknowledges before the append: the bytes are written a while later",
    scenario: replicate,
    plant: () =>
      spoilDisks((disk, later) => ({
        write: (file, position, bytes) => {
          if (!isData(file.path)) return disk.write(file, position, bytes);
          const copy = bytes.slice();
          later(() => disk.write(file, position, copy));
        },
      })),
    found: /./,
  },
  {
    what: "keeps a received buffer and writes it later",
    scenario: replicate,
    plant: () =>
      spoilDisks((disk, later) => ({
        write: (file, position, bytes) => {
          if (isData(file.path)) later(() => disk.write(file, position, bytes));
          else disk.write(file, position, bytes);
        },
      })),
    found: /./,
  },
  {
    what: "forgets the fsync of its metadata log",
    scenario: replicate,
    faults: ["controller-power-cut", "broker-death"],
    plant: () => spoilDisks(() => ({ sync: () => Promise.resolve() })),
    found: /./,
  },
  {
    what: "forgets the fsync of its records under log.flush.policy=group",
    scenario: produceInGroups,
    faults: ["power-cut"],
    plant: () => spoilDisks((disk) => ({ sync: (file) => (isData(file.path) ? Promise.resolve() : disk.sync(file)) })),
    found: /acknowledgedRecordsSurvive|readersSeeTheLog/,
  },
  {
    what: "forgets to sync a follower's records before it asks for more, under log.flush.policy=group",
    scenario: replicateFlushed,
    faults: ["blackout"],
    plant: () => vi.spyOn(ReplicaManager.prototype, "flush").mockResolvedValue(undefined),
    // A producer whose acknowledged batches are gone is refused its next ones for ever.
    found: /acknowledgedRecordsSurvive|readersSeeTheLog|are the same|went back|does not settle/,
  },
  {
    what: "skips the truncation of a follower",
    scenario: replicate,
    faults: ["split", "torn-write"],
    plant: () => vi.spyOn(PartitionLog.prototype, "truncateTo").mockImplementation(() => undefined),
    found: /in sync again|are the same|grow/,
  },
  {
    what: "serves consumers above the high watermark",
    scenario: replicate,
    faults: ["split", "broker-death"],
    plant: () => void (wrong.name = "readPartition"),
    found: /readersSeeTheLog/,
  },
  {
    what: "moves the high watermark without its followers",
    scenario: replicate,
    faults: ["split", "broker-death"],
    plant: () => void (wrong.name = "nextHighWatermark"),
    found: /acknowledgedRecordsSurvive|readersSeeTheLog|went back|are the same/,
  },
  {
    what: "elects a replica that is neither in sync nor eligible",
    scenario: replicate,
    faults: ["stale-return"],
    plant: () => void (wrong.name = "changePartition"),
    found: /acknowledgedRecordsSurvive|readersSeeTheLog|are the same/,
  },
  {
    what: "takes a repeated batch for a new one",
    scenario: replicate,
    faults: ["connection-loss", "half-split"],
    plant: () => {
      vi.spyOn(ProducerStates.prototype, "findDuplicate").mockReturnValue(undefined);
      vi.spyOn(ProducerStates.prototype, "checkData").mockReturnValue(undefined);
    },
    found: /nothingIsInvented/,
  },
  {
    what: "forgets committed offsets that it shall load",
    scenario: countInGroups,
    faults: ["broker-death"],
    plant: () => void (wrong.name = "loadSlice"),
    found: /committedOffsetsGrow|oneOwnerAtATime/,
  },
  {
    what: "takes commits of an earlier generation",
    scenario: countInGroups,
    plant: () => void (wrong.name = "decideCommit"),
    found: /oneOwnerAtATime|committedOffsetsGrow/,
  },
];

/** Seeds within which a bug must show. */
const SEEDS_MAX = 60;

describe("the simulation finds a broker that", () => {
  afterEach(() => {
    wrong.name = "";
    SimulatedDisk.wrap = goodDisks;
    vi.restoreAllMocks();
  });

  test.each(bugs)("$what", async ({ scenario, faults, plant, found }) => {
    plant();
    for (let seed = 1; seed <= SEEDS_MAX; seed++) {
      const classes = faults ?? swarm(new SeededRandom(String(seed)).fork("swarm"), scenario.classes);
      const message = await scenario.run(String(seed), classes).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (message === undefined) continue;
      expect(message).toMatch(found);
      return;
    }
    throw new Error(`no seed up to ${SEEDS_MAX} shows it`);
  });
});
