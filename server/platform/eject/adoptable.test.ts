import { describe, expect, test } from "vitest";
import { World } from "../../broker/controller/testing/world.ts";
import { configKey, type MutableImage } from "../../broker/controller/image.ts";
import { checkAdoptable } from "./adoptable.ts";
import type { StoppedDirectory } from "./stopped-directory.ts";

function directoryOf(nodeId: number, path = `/kafka/${nodeId}`): StoppedDirectory {
  return {
    path,
    clusterId: "4L6g3nShT-eMCtK--X86sw",
    nodeId,
    directoryId: `directory${nodeId}`.padEnd(22, "A"),
    cleanShutdownEpoch: 1,
    hasMetadataLog: true,
    partitions: new Map(),
    futures: new Map(),
    others: [],
    highWatermarks: new Map(),
  };
}

function refusalFor(
  ids: readonly number[],
  change: (image: MutableImage) => void = () => undefined,
): string | undefined {
  const world = new World().brokers(...ids);
  world.topic("orders", [[ids[0] ?? 0]]);
  change(world.image);
  const directories = ids.map((id) => directoryOf(id));
  try {
    checkAdoptable({ image: world.image, given: directories, problems: [] });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a cluster can be adopted", () => {
  test.each([[[1, 2, 3]], [[0, 1]], [[1, 2, 5]], [[101, 4_000]]])("with the brokers %j", (ids) =>
    expect(refusalFor(ids)).toBeUndefined(),
  );

  test.each([
    { what: "a broker 100", ids: [1, 100], change: () => undefined, says: /id 100, which is that of .* controller/ },
    {
      what: "tiered storage",
      ids: [1],
      change: (image: MutableImage) =>
        image.configs.set(configKey({ type: 2, name: "orders" }), new Map([["remote.storage.enable", "true"]])),
      says: /orders has tiered storage/,
    },
    {
      what: "a later metadata.version",
      ids: [1],
      change: (image: MutableImage) => image.features.set("metadata.version", 30),
      says: /metadata.version is finalised at level 30.*29/,
    },
    {
      what: "a feature of a later Kafka",
      ids: [1],
      change: (image: MutableImage) => image.features.set("mirror.version", 1),
      says: /mirror.version is finalised at level 1, which is not known here/,
    },
  ])("but not with $what", ({ ids, change, says }) => expect(refusalFor(ids, change)).toMatch(says));

  test("but not without one of the log directories of a broker", () => {
    const { image } = new World().brokers(1);
    const [one, two] = [directoryOf(1, "/one"), { ...directoryOf(1, "/two"), directoryId: "second" }];
    const broker = image.brokers.get(1);
    if (broker === undefined) throw new Error("broker 1 is in the image");
    image.brokers.set(1, { ...broker, logDirs: [one.directoryId, two.directoryId] });
    expect(() => checkAdoptable({ image, given: [one, two], problems: [] })).not.toThrow();
    expect(() => checkAdoptable({ image, given: [one], problems: [] })).toThrow(
      /A log directory of broker 1 was not given, that with directory.id=second/,
    );
  });
});
